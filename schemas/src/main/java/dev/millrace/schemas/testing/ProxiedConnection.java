package dev.millrace.schemas.testing;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Two sockets and what runs between them. Thread-safe. */
final class ProxiedConnection {
    private final Socket client;
    private final Socket server;
    private final Consumer<ProxiedConnection> atEnd;
    private final OneWay toServer;
    private final OneWay toClient;
    private final AtomicInteger ended = new AtomicInteger();

    ProxiedConnection(Socket client, Socket server, Consumer<ProxiedConnection> atEnd) {
        this.client = client;
        this.server = server;
        this.atEnd = atEnd;
        toServer = new OneWay(this, client, server);
        toClient = new OneWay(this, server, client);
    }

    OneWay toServer() {
        return toServer;
    }

    OneWay toClient() {
        return toClient;
    }

    void start() {
        toServer.start("proxy-to-server");
        toClient.start("proxy-to-client");
    }

    /** The direction that answers the other. */
    OneWay against(OneWay direction) {
        return direction == toServer ? toClient : toServer;
    }

    boolean isOpen() {
        return !client.isClosed();
    }

    /** One direction ended in good order; after both, nothing is left to do. */
    void ended() {
        if (ended.incrementAndGet() == 2) {
            close(client);
            close(server);
            atEnd.accept(this);
        }
    }

    void cut() {
        atEnd.accept(this);
        reset(client);
        reset(server);
    }

    private static void reset(Socket socket) {
        try {
            // Not waiting for what is unsent is what makes the system send a reset.
            socket.setSoLinger(true, 0);
        } catch (IOException closedAlready) {
            // Nothing to reset.
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // It is not used again either way.
        }
    }
}

package dev.millrace.schemas.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A line to a server that a test can spoil. Listens on a port of its own on loopback; each connection
 * has a thread per direction. Faults hold for the connections that are open and for those to come,
 * until others are set. Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {
    private final InetSocketAddress server;
    private final ServerSocket listener;
    private final Thread acceptor;
    private final Set<ProxiedConnection> connections = new HashSet<>();
    private Supplier<LinkFault> toServer = () -> LinkFault.NONE;
    private Supplier<LinkFault> toClient = () -> LinkFault.NONE;

    /**
     * @throws UncheckedIOException if there is no free port
     */
    public TcpProxy(String host, int port) {
        server = new InetSocketAddress(host, port);
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        acceptor = new Thread(this::accept, "proxy-accept");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** Where clients connect. */
    public int port() {
        return listener.getLocalPort();
    }

    /** What happens on the way to the server; asked once per connection. */
    public synchronized void toServer(Supplier<LinkFault> fault) {
        toServer = fault;
        connections.forEach(connection -> connection.toServer().spoil(fault.get()));
    }

    /** What happens on the way back; asked once per connection. */
    public synchronized void toClient(Supplier<LinkFault> fault) {
        toClient = fault;
        connections.forEach(connection -> connection.toClient().spoil(fault.get()));
    }

    /** No faults from now on. What was lost stays lost. */
    public void heal() {
        toServer(() -> LinkFault.NONE);
        toClient(() -> LinkFault.NONE);
    }

    /** Resets every open connection, on both sides. */
    public void cut() {
        open().forEach(ProxiedConnection::cut);
    }

    /** Ends the way to the server, in good order; answers still come. */
    public void halfClose() {
        try {
            for (ProxiedConnection connection : open()) {
                connection.toServer().halfClose();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** How many connections are open. */
    public int connections() {
        return open().size();
    }

    /** From now on connections are refused; those that are open are reset. */
    @Override
    public void close() {
        try {
            listener.close();
            // The system keeps on listening until the thread that waits for a connection has noticed.
            acceptor.join();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        cut();
    }

    private synchronized List<ProxiedConnection> open() {
        return List.copyOf(connections);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException closed) {
                // Asked again by the loop.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket upstream = new Socket();
        ProxiedConnection connection = new ProxiedConnection(client, upstream, this::forget);
        try {
            upstream.connect(server, 5_000);
        } catch (IOException unreachable) {
            connection.cut();
            return;
        }
        synchronized (this) {
            connection.toServer().spoil(toServer.get());
            connection.toClient().spoil(toClient.get());
            connections.add(connection);
        }
        connection.start();
    }

    private synchronized void forget(ProxiedConnection connection) {
        connections.remove(connection);
    }
}

package dev.millrace.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Clients of streams on plain sockets; one thread reads for all of them. */
final class StreamClients implements AutoCloseable {
    private static final String PATH = "/v1/events/stream";

    private final Selector selector;
    private final Thread reader = new Thread(this::read, "stream-clients");
    private final Map<StreamClient, SocketChannel> channels = new ConcurrentHashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 18);
    private volatile boolean stopping;

    StreamClients() {
        try {
            selector = Selector.open();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        reader.setDaemon(true);
        reader.start();
    }

    /** A client that notes the id of each event. */
    StreamClient open(int port, String query, @Nullable String lastEventId) {
        StreamClient client = new StreamClient(true);
        connect(client, port, query, lastEventId, true);
        return client;
    }

    /** One of many: it notes positions only. */
    StreamClient openPlain(int port, String query) {
        StreamClient client = new StreamClient(false);
        connect(client, port, query, null, true);
        return client;
    }

    /** A client that never takes a byte, and has no room for many. */
    StreamClient openMute(int port, String query) {
        StreamClient client = new StreamClient(false);
        connect(client, port, query, null, false);
        return client;
    }

    /** A client that was cut off comes again, with the last id that it saw. */
    void resume(StreamClient client, int port, String query) {
        close(client);
        client.resume();
        connect(client, port, query, client.lastId(), true);
    }

    private void connect(StreamClient client, int port, String query, @Nullable String lastEventId, boolean reads) {
        try {
            SocketChannel channel = SocketChannel.open();
            if (!reads) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
            }
            channel.connect(new InetSocketAddress("127.0.0.1", port));
            String header = lastEventId == null ? "" : "Last-Event-ID: " + lastEventId + "\r\n";
            String request = "GET " + PATH + query + " HTTP/1.1\r\nHost: test\r\n" + header + "\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            channels.put(client, channel);
            if (reads) {
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, client);
                selector.wakeup();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The client goes away. */
    void close(StreamClient client) {
        try {
            SocketChannel channel = channels.remove(client);
            if (channel != null) {
                channel.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void read() {
        try {
            while (!stopping) {
                selector.select(10);
                for (SelectionKey key : selector.selectedKeys()) {
                    read(key);
                }
                selector.selectedKeys().clear();
            }
        } catch (ClosedSelectorException stopped) {
            stopping = true;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void read(SelectionKey key) {
        StreamClient client = (StreamClient) key.attachment();
        int length;
        try {
            length = key.isValid() ? ((SocketChannel) key.channel()).read(buffer.clear()) : -1;
        } catch (IOException reset) {
            length = -1;
        }
        if (length < 0) {
            key.cancel();
            close(client);
            client.closed();
        } else {
            client.feed(buffer.array(), length);
        }
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        for (StreamClient client : channels.keySet()) {
            close(client);
        }
        selector.close();
    }
}

package dev.millrace.query;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Bytes to a server as they are, also such as no HTTP client sends. */
public final class RawRequest {
    private static final int PATIENCE_MILLIS = 15_000;

    private RawRequest() {}

    /** A connection that gives up after some time without an answer. */
    public static Socket connect(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** All that comes back until the server closes the connection. */
    public static String send(int port, String request) throws IOException {
        try (Socket socket = connect(port)) {
            write(socket, request);
            return readAll(socket);
        }
    }

    public static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}

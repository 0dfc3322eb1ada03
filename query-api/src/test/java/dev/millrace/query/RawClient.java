package dev.millrace.query;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Sends requests as bytes, which no library has made sense of, each over a connection of its own. */
final class RawClient {
    private static final int CONNECT_MILLIS = 3_000;

    private final int port;
    private final int limitMillis;

    /** @param limitMillis how long no byte may come */
    RawClient(int port, int limitMillis) {
        this.port = port;
        this.limitMillis = limitMillis;
    }

    /**
     * What came back.
     *
     * @param status 0 when the server closed the connection without a word
     * @param body of a stream without an end, what came with the headers
     */
    record Answer(int status, String headers, String body) {}

    Answer send(byte[] request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            socket.setSoTimeout(limitMillis);
            write(socket, request);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String head = head(in);
            if (head.isEmpty()) {
                return new Answer(0, "", "");
            }
            int status = Integer.parseInt(head.substring(9, 12));
            return new Answer(status, head, body(head, in));
        }
    }

    /** The server may answer and close before it has read everything. */
    private static void write(Socket socket, byte[] request) {
        try {
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
        } catch (IOException closed) {
            // What it said before is read all the same.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static String body(String head, InputStream in) throws IOException {
        String headers = head.toLowerCase(Locale.ROOT);
        if (headers.contains("text/event-stream")) {
            return "";
        }
        if (headers.contains("transfer-encoding: chunked")) {
            return chunks(in);
        }
        int at = headers.indexOf("content-length:");
        if (at < 0) {
            return "";
        }
        int length = Integer.parseInt(
                headers.substring(at + 15, headers.indexOf("\r\n", at)).trim());
        return text(in.readNBytes(length));
    }

    private static String chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        return text(body.toByteArray());
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("cut in the middle of a chunk");
            }
            line.append((char) next);
        }
        return line.toString().trim();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

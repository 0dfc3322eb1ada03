package dev.millrace.compose.tail;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** A query API that gives the answers it was told to, one after the other. */
final class ScriptedApi implements AutoCloseable {
    /** As a status: closes the connection in the middle of the answer. */
    static final int CUT = 0;

    private static final Pattern CURSOR = Pattern.compile("cursor=([a-z]+)");

    private final Queue<Answer> script = new ConcurrentLinkedQueue<>();
    private final List<String> queries = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** What is sent back. */
    record Answer(int status, String body) {}

    ScriptedApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/v1/events", this::handle);
        server.start();
    }

    void answers(Answer... answers) {
        script.addAll(List.of(answers));
    }

    boolean isAtEnd() {
        return script.isEmpty();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<String> queries() {
        return queries;
    }

    /** The header of each question that has the key, or "null". */
    List<String> keys() {
        return keys;
    }

    /** The cursor of each question, or "none". */
    List<String> cursors() {
        return queries.stream()
                .map(CURSOR::matcher)
                .map(cursor -> cursor.find() ? cursor.group(1) : "none")
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        queries.add(exchange.getRequestURI().getRawQuery());
        keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        Answer answer = script.remove();
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (answer.status() == CUT) {
            exchange.sendResponseHeaders(200, 1_000);
        } else {
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

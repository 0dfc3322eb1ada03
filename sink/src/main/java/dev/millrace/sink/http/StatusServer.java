package dev.millrace.sink.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * {@code /health/live}, {@code /health/ready} and {@code /metrics}. The JDK's server is enough for a
 * few scrapes a minute. Thread-safe.
 */
public final class StatusServer implements AutoCloseable {
    private static final String JSON = "application/json";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;

    /**
     * Starts to answer.
     *
     * @param address where to listen; port 0 takes a free one
     * @param checks what must be true to be ready, by name
     * @throws UncheckedIOException if the port is taken
     */
    public StatusServer(
            InetSocketAddress address, PrometheusMeterRegistry registry, Map<String, BooleanSupplier> checks) {
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot listen on " + address, failure);
        }
        server.createContext("/health/live", exchange -> answer(exchange, 200, JSON, "{\"status\":\"up\"}"));
        server.createContext("/health/ready", exchange -> ready(exchange, checks));
        server.createContext("/metrics", exchange -> answer(exchange, 200, PROMETHEUS, registry.scrape()));
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void ready(HttpExchange exchange, Map<String, BooleanSupplier> checks) throws IOException {
        Map<String, Boolean> results = new TreeMap<>();
        checks.forEach((name, check) -> results.put(name, check.getAsBoolean()));
        boolean up = !results.containsValue(false);
        StringBuilder body = new StringBuilder("{\"status\":\"" + word(up) + "\",\"checks\":{");
        String separator = "";
        for (Map.Entry<String, Boolean> result : results.entrySet()) {
            body.append(separator).append('"').append(result.getKey()).append("\":\"");
            body.append(word(result.getValue())).append('"');
            separator = ",";
        }
        answer(exchange, up ? 200 : 503, JSON, body.append("}}").toString());
    }

    private static String word(boolean up) {
        return up ? "up" : "down";
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}

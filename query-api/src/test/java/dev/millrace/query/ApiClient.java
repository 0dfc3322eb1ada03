package dev.millrace.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.query.tail.StreamLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The API under test, on a port of its own, and a client of it. */
public final class ApiClient implements AutoCloseable {
    /** What holds where nothing is said. */
    static final ClientLimits LIMITS = new ClientLimits(64, 2, 1_000);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final QueryApiApp app;

    public ApiClient(String readerUrl) {
        this(readerUrl, false);
    }

    public ApiClient(String readerUrl, boolean requireReplica) {
        this(settings(readerUrl, requireReplica));
    }

    /** With limits of streams that a test can reach. */
    public ApiClient(String readerUrl, StreamLimits streams) {
        app = QueryApiApp.start(settings(readerUrl, false), streams);
    }

    private static QueryApiSettings settings(String readerUrl, boolean requireReplica) {
        return new QueryApiSettings(readerUrl, "127.0.0.1", 0, 4, requireReplica, LIMITS, Optional.empty());
    }

    public ApiClient(QueryApiSettings settings) {
        app = QueryApiApp.start(settings);
    }

    public int port() {
        return app.port();
    }

    /** What the API answers, as {@code GET /path/{parameter}}. */
    List<String> routes() {
        return app.routes();
    }

    /** Asks with a path and query that are encoded already. */
    public Answer get(String pathAndQuery) {
        return send(HttpRequest.newBuilder(uri(pathAndQuery)).GET().build());
    }

    /** Asks for events; names and values alternate. */
    public Answer events(String... parameters) {
        StringBuilder query = new StringBuilder("/v1/events");
        for (int index = 0; index < parameters.length; index += 2) {
            query.append(index == 0 ? '?' : '&')
                    .append(parameters[index])
                    .append('=')
                    .append(URLEncoder.encode(parameters[index + 1], StandardCharsets.UTF_8));
        }
        return get(query.toString());
    }

    public URI uri(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + port() + pathAndQuery);
    }

    public Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("content-type").orElse(""),
                    response,
                    response.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    @Override
    public void close() {
        app.close();
    }

    /** What came back. */
    public record Answer(int status, String contentType, HttpResponse<String> response, String body) {
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException failure) {
                throw new UncheckedIOException(body, failure);
            }
        }

        public String text(String field) {
            return json().path(field).asText();
        }

        public boolean has(String field) {
            return json().has(field);
        }

        /** The events as {@code partition:offset}. */
        public List<String> places() {
            List<String> places = new ArrayList<>();
            for (JsonNode event : json().path("events")) {
                places.add(event.path("partition").asText() + ":"
                        + event.path("offset").asText());
            }
            return places;
        }

        /** The names of the parameters that are wrong. */
        public List<String> wrongParameters() {
            List<String> names = new ArrayList<>();
            json().path("errors")
                    .forEach(error -> names.add(error.path("parameter").asText()));
            return names;
        }
    }
}

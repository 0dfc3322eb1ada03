package dev.millrace.compose.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks the query API as any program would. */
final class QueryClient {
    /** Longer than any answer takes; a process that stands still gives none. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    QueryClient(String url) {
        this.url = url;
    }

    /** Status and body of {@code GET url + path?name=value&…}; parameters come in pairs. */
    Answer get(String path, String... parameters) throws IOException, InterruptedException {
        StringBuilder query = new StringBuilder();
        for (int index = 0; index < parameters.length; index += 2) {
            query.append(index == 0 ? '?' : '&')
                    .append(parameters[index])
                    .append('=')
                    .append(URLEncoder.encode(parameters[index + 1], StandardCharsets.UTF_8));
        }
        return send(HttpRequest.newBuilder(URI.create(url + path + query)).GET());
    }

    /** Status and body of a POST of a JSON document. */
    Answer post(String path, String document) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(document)));
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                http.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofByteArray());
        String body = new String(response.body(), StandardCharsets.UTF_8);
        return new Answer(response.statusCode(), response.body().length, Events.parse(body));
    }

    /**
     * An answer whose body is JSON.
     *
     * @param bytes size of the body
     */
    record Answer(int status, int bytes, JsonNode body) {}

    /** Follows next_cursor from the first page to the last. */
    List<JsonNode> walk(String... parameters) throws IOException, InterruptedException {
        List<JsonNode> events = new ArrayList<>();
        List<String> all = new ArrayList<>(List.of(parameters));
        while (true) {
            Answer page = get("/v1/events", all.toArray(String[]::new));
            if (page.status() != 200) {
                throw new AssertionError(page.toString());
            }
            page.body().get("events").forEach(events::add);
            if (!page.body().has("next_cursor")) {
                return events;
            }
            all = new ArrayList<>(List.of(parameters));
            all.addAll(List.of("cursor", page.body().get("next_cursor").textValue()));
        }
    }
}

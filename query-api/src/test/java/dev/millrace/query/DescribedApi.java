package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The API under test, whose every answer is held against the description that it serves. */
final class DescribedApi implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final ApiClient api;
    private final ApiDescription description;
    private final TreeSet<String> seen = new TreeSet<>();

    DescribedApi(String readerUrl) {
        this(new ApiClient(readerUrl));
    }

    /** @param api closed with this */
    DescribedApi(ApiClient api) {
        this.api = api;
        description = new ApiDescription(api.get("/openapi.yaml").body());
    }

    ApiDescription description() {
        return description;
    }

    List<String> routes() {
        return api.routes();
    }

    /** The answers that came, as {@code GET /path 200}. */
    TreeSet<String> seen() {
        return seen;
    }

    /** Asks, and fails if the answer is not as described. */
    Reply ask(DescribedOperation operation, ExampleRequest request) {
        Reply reply = send(operation.method(), request);
        assertThat(description.deviations(operation, reply))
                .as(reply.toString())
                .isEmpty();
        seen.add(operation.name() + " " + reply.status());
        return reply;
    }

    Reply send(String method, ExampleRequest request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(api.uri(request.pathAndQuery()));
        builder.method(
                method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body()));
        try {
            HttpResponse<Stream<String>> response = http.send(builder.build(), BodyHandlers.ofLines());
            String shown = method + " " + request;
            Reply head = new Reply(shown, response.statusCode(), response.headers(), List.of());
            try (Stream<String> lines = response.body()) {
                boolean endless = head.mediaType().equals("text/event-stream");
                List<String> read = endless ? firstMessage(request, lines.iterator()) : lines.toList();
                return new Reply(shown, head.status(), head.headers(), read);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    /** A stream has no end, and no first message while nothing comes in. */
    private static List<String> firstMessage(ExampleRequest request, Iterator<String> lines) {
        List<String> read = new ArrayList<>();
        while (request.pathAndQuery().contains("from=beginning")
                && read.stream().noneMatch(line -> line.startsWith("data:"))
                && lines.hasNext()) {
            read.add(lines.next());
        }
        return read;
    }

    @Override
    public void close() {
        api.close();
    }
}

package dev.millrace.query;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/**
 * What came back, as far as it was read.
 *
 * @param request for messages
 */
record Reply(String request, int status, HttpHeaders headers, List<String> lines) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    String body() {
        return String.join("\n", lines);
    }

    /** A member of the document. */
    String text(String name) {
        try {
            return JSON.readTree(body()).path(name).asText();
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    /** The type of the content without its parameters. */
    String mediaType() {
        return header("Content-Type").orElse("").replaceFirst(" *;.*", "");
    }

    /** The documents in JSON that the body holds. */
    List<String> documents() {
        return switch (mediaType()) {
            case "application/json", "application/problem+json" -> List.of(body());
            case "application/x-ndjson" -> lines;
            case "text/event-stream" ->
                lines.stream()
                        .filter(line -> line.startsWith("data:"))
                        .map(line -> line.substring("data:".length()))
                        .toList();
            default -> List.of();
        };
    }

    @Override
    public String toString() {
        String body = body();
        return request + " -> " + status + " " + body.substring(0, Math.min(body.length(), 500));
    }
}

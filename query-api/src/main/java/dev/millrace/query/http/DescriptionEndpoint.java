package dev.millrace.query.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** {@code GET /openapi.yaml}: this API described, for people and for programs that make clients of it. */
final class DescriptionEndpoint {
    private static final String RESOURCE = "/openapi.yaml";
    private static final String CONTENT_TYPE = "application/yaml";

    private final byte[] document = read();

    void handle(Context context) {
        context.contentType(CONTENT_TYPE).result(document);
    }

    private static byte[] read() {
        try (InputStream resource = DescriptionEndpoint.class.getResourceAsStream(RESOURCE)) {
            return Objects.requireNonNull(resource, RESOURCE).readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

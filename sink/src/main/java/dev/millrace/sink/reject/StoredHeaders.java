package dev.millrace.sink.reject;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.millrace.sink.batch.RecordHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Headers as {@code rejected_event} keeps them, {@code [["name", "base64"], …]}, read back. */
final class StoredHeaders {
    /** A header is as long as a record may be; the parser's own limits are for strangers. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private StoredHeaders() {}

    static List<RecordHeader> parse(String text) {
        List<RecordHeader> headers = new ArrayList<>();
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.START_ARRAY) {
                String name = json.nextTextValue();
                byte @Nullable [] value = json.nextToken() == JsonToken.VALUE_NULL ? null : json.getBinaryValue();
                headers.add(new RecordHeader(name, value));
                json.nextToken();
            }
            return headers;
        } catch (IOException malformed) {
            throw new UncheckedIOException("headers in rejected_event are not in their form", malformed);
        }
    }
}

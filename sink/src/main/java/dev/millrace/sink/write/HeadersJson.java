package dev.millrace.sink.write;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.sink.batch.RecordHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Record headers as {@code rejected_event} keeps them: {@code [["name", "base64"], …]}, null instead
 * of the text for a header without value. Thread-safe.
 */
final class HeadersJson {
    private static final JsonFactory JSON = new JsonFactory();

    private HeadersJson() {}

    static byte[] encode(List<RecordHeader> headers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartArray();
            for (RecordHeader header : headers) {
                json.writeStartArray();
                json.writeString(storable(header.name()));
                if (header.value() == null) {
                    json.writeNull();
                } else {
                    json.writeBinary(header.value());
                }
                json.writeEndArray();
            }
            json.writeEndArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return bytes.toByteArray();
    }

    /** jsonb cannot hold U+0000; everything else that Kafka decoded it can. */
    private static String storable(String name) {
        return name.replace('\0', '\uFFFD');
    }
}

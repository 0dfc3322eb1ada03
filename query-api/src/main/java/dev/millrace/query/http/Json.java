package dev.millrace.query.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.millrace.query.read.CompleteThrough;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** What every answer in JSON has in common. What is absent is left out, never null. */
final class Json {
    /** All characters as they are, which is also how Postgres prints those in a payload. */
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private Json() {}

    /** The bytes of one document. */
    static byte[] write(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4_096);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            content.writeTo(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static void respond(Context context, byte[] document) {
        context.contentType("application/json").result(document);
    }

    static void text(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }

    static void number(JsonGenerator json, String name, @Nullable Long value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value);
        }
    }

    static void completeThrough(JsonGenerator json, CompleteThrough through) throws IOException {
        json.writeObjectFieldStart("complete_through");
        for (int partition = 0; partition < through.partitions(); partition++) {
            json.writeNumberField(
                    Integer.toString(partition), through.of(partition).offset());
        }
        json.writeEndObject();
    }

    /** Writes the members of an object. */
    interface Content {
        void writeTo(JsonGenerator json) throws IOException;
    }
}

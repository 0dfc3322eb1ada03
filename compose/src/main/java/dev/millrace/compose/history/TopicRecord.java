package dev.millrace.compose.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.schemas.Position;
import dev.millrace.schemas.event.EventCodec;
import dev.millrace.schemas.event.InvalidEventException;
import dev.millrace.schemas.event.RejectReason;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Base64;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record of the topic, condensed to what is compared: some 200 bytes, whatever its size.
 *
 * @param appendedAt the broker's append time in milliseconds since 1970
 * @param content of key and value together, to find the send it comes from
 * @param headers of the headers as {@code rejected_event} keeps them
 * @param event what it says; null for a record that is no event
 * @param invalid why it is no event; null for one that is
 */
record TopicRecord(
        Position position,
        long appendedAt,
        Digest content,
        long key,
        long value,
        long headers,
        @Nullable EventDigest event,
        @Nullable RejectReason invalid) {
    private static final JsonFactory JSON = new JsonFactory();

    static TopicRecord of(ConsumerRecord<byte[], byte[]> record, EventCodec codec) {
        byte[] key = record.key();
        byte[] value = record.value();
        EventDigest event = null;
        RejectReason invalid = null;
        try {
            event = EventDigest.of(codec.decode(value));
            codec.checkKey(key);
        } catch (InvalidEventException reason) {
            event = null;
            invalid = reason.reason();
        }
        return new TopicRecord(
                new Position(record.partition(), record.offset()),
                record.timestamp(),
                Digest.of(key, value),
                Digest.shortOf(key),
                Digest.shortOf(value),
                JsonValue.digest(json(record.headers())),
                event,
                invalid);
    }

    /** {@code [["name","base64"], …]}; null for a header without value, and jsonb holds no U+0000. */
    private static String json(Headers headers) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (Header header : headers) {
                byte[] value = header.value();
                json.writeStartArray();
                json.writeString(header.key().replace('\0', '\uFFFD'));
                json.writeString(value == null ? null : Base64.getEncoder().encodeToString(value));
                json.writeEndArray();
            }
            json.writeEndArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return text.toString();
    }
}

package dev.millrace.schemas.event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.util.Utf8;

/** Writes events with the newest schema. Thread-safe. */
final class EventEncoder {
    private static final BinaryMessageEncoder<GenericRecord> ENCODER =
            new BinaryMessageEncoder<>(new GenericData(), EventSchema.VERSION_1);

    private EventEncoder() {}

    /**
     * @throws InvalidEventException if a text has half of a surrogate pair, or the time does not fit
     */
    static byte[] encode(Event event) {
        GenericRecord fields = new GenericData.Record(EventSchema.VERSION_1);
        fields.put("event_id", event.eventId().toString());
        fields.put("event_type", text(event.eventType(), "event_type"));
        fields.put("occurred_at", micros(event.occurredAt()));
        fields.put("payload", text(event.payload(), "payload"));
        fields.put("metadata", text(event.metadata(), "metadata"));
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        try {
            ENCODER.encode(fields, value);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return value.toByteArray();
    }

    private static Utf8 text(String text, String field) {
        return new Utf8(StrictUtf8.encode(text, field));
    }

    private static long micros(Instant instant) {
        try {
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
        } catch (ArithmeticException overflow) {
            throw new InvalidEventException(RejectReason.INVALID_TIME, "occurred_at is outside the years 1 to 9999");
        }
    }
}

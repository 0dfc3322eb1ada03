package dev.millrace.sink;

import dev.millrace.schemas.event.EncodedEvent;
import dev.millrace.schemas.event.EventCodec;
import dev.millrace.schemas.event.RejectReason;
import dev.millrace.schemas.testing.EventBuilder;
import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.batch.OffsetRange;
import dev.millrace.sink.batch.RecordHeader;
import dev.millrace.sink.batch.RejectedRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Rows and batches of partition 0 for tests; row n has offset n and was appended n milliseconds after {@link #START}. */
public final class TestRows {
    public static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    public static final String PAYLOAD = "{\"book\": \"Moby Dick\", \"copies\": 1.50}";

    private TestRows() {}

    public static UUID id(int number) {
        return EventBuilder.id(number);
    }

    public static EventRow row(long offset, UUID id, String payload) {
        EventBuilder event = EventBuilder.EVENT.withId(id).withPayload(payload);
        EventCodec codec = new EventCodec();
        return new EventRow(
                0,
                offset,
                START.toEpochMilli() + offset,
                codec.encodeKey(event.key()),
                codec.decode(event.value()),
                List.of());
    }

    /** The row with part of its payload replaced behind the back of the checks. */
    public static EventRow unchecked(EventRow row, String part, String replacement) {
        EncodedEvent event = row.event();
        String payload =
                new String(event.value(), event.payloadOffset(), event.payloadLength(), StandardCharsets.UTF_8);
        byte[] bytes = payload.replace(part, replacement).getBytes(StandardCharsets.UTF_8);
        byte[] value = new byte[event.value().length + bytes.length];
        System.arraycopy(event.value(), 0, value, 0, event.value().length);
        System.arraycopy(bytes, 0, value, event.value().length, bytes.length);
        EncodedEvent changed = new EncodedEvent(
                value,
                event.idHigh(),
                event.idLow(),
                event.occurredAtMicros(),
                event.typeOffset(),
                event.typeLength(),
                event.value().length,
                bytes.length,
                event.metadataOffset(),
                event.metadataLength());
        return new EventRow(row.partition(), row.offset(), row.appendedAtMillis(), row.key(), changed, row.headers());
    }

    public static RejectedRow rejected(long offset) {
        return new RejectedRow(
                0,
                offset,
                RejectReason.UNDECODABLE,
                "no event",
                null,
                new byte[] {0, 1, (byte) 0xFF},
                List.of(new RecordHeader("trace", new byte[] {1}), new RecordHeader("empty\0", null)));
    }

    /** A batch of partition 0 that covers its rows, of which there is at least one. */
    public static Batch batch(EventRow... rows) {
        List<EventRow> events = Arrays.asList(rows);
        long start = events.get(0).offset();
        long end = events.get(events.size() - 1).offset() + 1;
        return new Batch(List.of(range(start, end)), events, List.of());
    }

    public static OffsetRange range(long start, long end) {
        return new OffsetRange(0, start, end, 3, START.toEpochMilli() + end - 1);
    }
}

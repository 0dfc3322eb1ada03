package dev.millrace.compose.torture;

import dev.millrace.schemas.event.Event;
import dev.millrace.schemas.event.EventCodec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/**
 * An event in the framing of one, whatever its parts are: our own encoder refuses what a torture wants
 * to send.
 *
 * @param micros when it happened, since 1970
 */
record RawEvent(UUID id, String type, long micros, byte[] payload, byte[] metadata) {
    /** Marker and fingerprint of the newest schema, as the real encoder writes them. */
    private static final byte[] FRAME =
            Arrays.copyOf(new EventCodec().encode(new Event(new UUID(0, 0), "frame", Instant.EPOCH, "{}", "{}")), 10);

    static RawEvent of(UUID id, String payload) {
        return new RawEvent(
                id, "torture", 1_600_000_000_000_000L, payload.getBytes(StandardCharsets.UTF_8), new byte[] {'{', '}'});
    }

    RawEvent withType(String other) {
        return new RawEvent(id, other, micros, payload, metadata);
    }

    RawEvent withMicros(long other) {
        return new RawEvent(id, type, other, payload, metadata);
    }

    RawEvent withPayload(byte[] other) {
        return new RawEvent(id, type, micros, other, metadata);
    }

    /** The value of a record. */
    byte[] value() {
        ByteArrayOutputStream value = new ByteArrayOutputStream(payload.length + 200);
        value.writeBytes(FRAME);
        text(value, id.toString().getBytes(StandardCharsets.US_ASCII));
        text(value, type.getBytes(StandardCharsets.UTF_8));
        number(value, micros);
        text(value, payload);
        text(value, metadata);
        return value.toByteArray();
    }

    private static void text(ByteArrayOutputStream value, byte[] bytes) {
        number(value, bytes.length);
        value.writeBytes(bytes);
    }

    /** Avro's numbers: zigzag, then seven bits a byte, the lowest first. */
    private static void number(ByteArrayOutputStream value, long number) {
        long rest = (number << 1) ^ (number >> 63);
        while ((rest & ~0x7FL) != 0) {
            value.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        value.write((int) rest);
    }
}

package dev.millrace.query.read;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes the parts of a cursor, numbers in as few bytes as they need. Not thread-safe. */
final class CursorOutput {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(96);

    void octet(int value) {
        bytes.write(value);
    }

    void fixed(long value) {
        bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    /** Seven bits a byte, lowest first, unsigned. */
    void number(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    void text(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        number(encoded.length);
        bytes.writeBytes(encoded);
    }

    /** Partitions are filled alike, so each time is written as its distance from the one before. */
    void bounds(CompleteThrough through) {
        number(through.partitions());
        long previous = 0;
        for (Bound bound : through.bounds()) {
            number(bound.offset() + 1);
            Instant appendedAt = bound.appendedAt();
            octet(appendedAt == null ? 0 : 1);
            if (appendedAt != null) {
                long micros = micros(appendedAt);
                signed(micros - previous);
                previous = micros;
            }
        }
    }

    void key(@Nullable OrderKey key) {
        octet(key == null ? 0 : 1);
        if (key != null) {
            signed(micros(key.appendedAt()));
            number(key.partition());
            number(key.offset());
        }
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    private void signed(long value) {
        number(value << 1 ^ value >> 63);
    }

    private static long micros(Instant instant) {
        // Not ChronoUnit: up to JDK 17 it counts nanoseconds, which overflow outside 1677 to 2262.
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }
}

package dev.millrace.query.read;

import dev.millrace.schemas.event.EventLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of a cursor. Anybody can write a cursor with a right checksum, so nothing is taken
 * on trust: what comes out can be given to Postgres. Not thread-safe.
 */
final class CursorInput {
    private final ByteBuffer bytes;

    CursorInput(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    int octet() {
        require(bytes.hasRemaining());
        return bytes.get();
    }

    long fixed() {
        require(bytes.remaining() >= Long.BYTES);
        return bytes.getLong();
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = octet();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw cutOrAltered();
    }

    String text() {
        byte[] encoded = new byte[count()];
        bytes.get(encoded);
        return new String(encoded, StandardCharsets.UTF_8);
    }

    CompleteThrough bounds() {
        int partitions = count();
        List<Bound> bounds = new ArrayList<>(partitions);
        long previous = 0;
        for (int partition = 0; partition < partitions; partition++) {
            long offset = number() - 1;
            require(offset >= -1);
            Instant appendedAt = null;
            if (octet() != 0) {
                previous += signed();
                appendedAt = instant(previous);
            }
            bounds.add(new Bound(offset, appendedAt));
        }
        return new CompleteThrough(bounds);
    }

    @Nullable
    OrderKey key() {
        if (octet() == 0) {
            return null;
        }
        Instant appendedAt = instant(signed());
        long partition = number();
        long offset = number();
        require(partition >= 0 && partition <= Integer.MAX_VALUE && offset >= 0);
        return new OrderKey(appendedAt, (int) partition, offset);
    }

    /** Nothing may follow. */
    void end() {
        require(!bytes.hasRemaining());
    }

    /** How many bytes or entries follow: never more than there are bytes. */
    private int count() {
        long count = number();
        require(count >= 0 && count <= bytes.remaining());
        return (int) count;
    }

    private long signed() {
        long value = number();
        return value >>> 1 ^ -(value & 1);
    }

    private static Instant instant(long micros) {
        Instant instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        require(!instant.isBefore(EventLimits.EARLIEST) && instant.isBefore(EventLimits.LATEST));
        return instant;
    }

    private static InvalidCursorException cutOrAltered() {
        return new InvalidCursorException("not a cursor: cut or altered");
    }

    private static void require(boolean sound) {
        if (!sound) {
            throw cutOrAltered();
        }
    }
}

package dev.millrace.sink.write;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in PostgreSQL's binary COPY format, in one array that grows to the largest need and is used
 * again. Not thread-safe.
 *
 * <p>The format is in the PostgreSQL manual under COPY, "Binary Format": a signature, two words of
 * flags and extension, then per row the number of fields, and per field its length and bytes.
 */
final class CopyBuffer {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final int NULL_LENGTH = -1;
    private static final byte JSONB_VERSION = 1;

    /** 2000-01-01T00:00:00Z in microseconds since 1970, where PostgreSQL counts from. */
    private static final long POSTGRES_EPOCH_MICROS = 946_684_800_000_000L;

    private byte[] bytes = new byte[1 << 16];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Empties the buffer; what comes next continues the same stream. */
    void clear() {
        length = 0;
    }

    void header() {
        raw(SIGNATURE, 0, SIGNATURE.length);
        int32(0);
        int32(0);
    }

    void trailer() {
        int16(-1);
    }

    void row(int fields) {
        int16(fields);
    }

    void integer(int value) {
        int32(Integer.BYTES);
        int32(value);
    }

    void bigint(long value) {
        int32(Long.BYTES);
        int64(value);
    }

    void timestamp(long microsSince1970) {
        bigint(microsSince1970 - POSTGRES_EPOCH_MICROS);
    }

    void uuid(long high, long low) {
        int32(2 * Long.BYTES);
        int64(high);
        int64(low);
    }

    void text(String value) {
        byteaOrText(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Text that is UTF-8 already, or bytea: their formats are the same. */
    void byteaOrText(byte @Nullable [] value) {
        if (value == null) {
            int32(NULL_LENGTH);
        } else {
            text(value, 0, value.length);
        }
    }

    void text(byte[] utf8, int offset, int size) {
        int32(size);
        raw(utf8, offset, size);
    }

    void jsonb(byte[] utf8, int offset, int size) {
        int32(size + 1);
        reserve(1);
        bytes[length++] = JSONB_VERSION;
        raw(utf8, offset, size);
    }

    private void int16(int value) {
        reserve(Short.BYTES);
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) value;
    }

    private void int32(int value) {
        reserve(Integer.BYTES);
        bytes[length++] = (byte) (value >>> 24);
        bytes[length++] = (byte) (value >>> 16);
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) value;
    }

    private void int64(long value) {
        int32((int) (value >>> 32));
        int32((int) value);
    }

    private void raw(byte[] source, int offset, int size) {
        reserve(size);
        System.arraycopy(source, offset, bytes, length, size);
        length += size;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}

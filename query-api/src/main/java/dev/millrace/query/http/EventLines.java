package dev.millrace.query.http;

import dev.millrace.query.read.EventSink;
import dev.millrace.query.read.PrintedEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Events as lines of JSON, each with the very bytes that {@link EventJson} gives the event. Put together
 * from what Postgres printed, in one array that is used again and again. Not thread-safe.
 */
final class EventLines implements EventSink {
    /** Takes no further line when it holds so many bytes. */
    static final int FULL = 4 << 20;

    /** A larger piece would be copied again each time the client takes a part of it. */
    private static final int PIECE = 1 << 16;

    private static final byte[] ID = ascii("{\"event_id\":\"");
    private static final byte[] TYPE = ascii("\",\"event_type\":\"");
    private static final byte[] KEY = ascii("\",\"key\":\"");
    private static final byte[] OCCURRED_AT = ascii("\",\"occurred_at\":\"");
    private static final byte[] APPENDED_AT = ascii("\",\"appended_at\":\"");
    private static final byte[] PARTITION = ascii("\",\"partition\":");
    private static final byte[] OFFSET = ascii(",\"offset\":");
    private static final byte[] PAYLOAD = ascii(",\"payload\":");
    private static final byte[] METADATA = ascii(",\"metadata\":");
    private static final byte[] END = ascii("}\n");
    private static final byte[] HEX = ascii("0123456789ABCDEF");

    /** All names and signs of a line, and times that are longer than Postgres prints them. */
    private static final int AROUND = 256;

    /** Of a byte that has to be escaped. */
    private static final int LONGEST_ESCAPE = 6;

    /** Of {@code 2026-11-22 16:00:00}, and of the zone behind it. */
    private static final int SECONDS_LENGTH = 19;

    private static final byte[] UTC = ascii("+00");

    private byte[] bytes = new byte[FULL + FULL / 4];
    private int size;
    private int count;

    @Override
    public void clear() {
        size = 0;
        count = 0;
    }

    @Override
    public boolean add(PrintedEvent event) {
        byte[] key = event.key();
        int escaped = event.type().length + (key == null ? 0 : key.length);
        reserve(event.size() + escaped * LONGEST_ESCAPE + AROUND);
        put(ID);
        put(event.id());
        put(TYPE);
        text(event.type());
        if (key != null) {
            put(KEY);
            text(key);
        }
        put(OCCURRED_AT);
        time(event.occurredAt());
        put(APPENDED_AT);
        time(event.appendedAt());
        put(PARTITION);
        put(event.partition());
        put(OFFSET);
        put(event.offset());
        put(PAYLOAD);
        put(event.payload());
        put(METADATA);
        put(event.metadata());
        put(END);
        count++;
        return size < FULL;
    }

    /** How many events it holds. */
    int count() {
        return count;
    }

    /** Blocks until all of it was taken. */
    void writeTo(OutputStream output) throws IOException {
        for (int from = 0; from < size; from += PIECE) {
            output.write(bytes, from, Math.min(PIECE, size - from));
        }
    }

    /** {@code 2026-11-22 16:00:00.12+00} becomes {@code 2026-11-22T16:00:00.120Z}: whole groups of three. */
    private void time(byte[] printed) {
        int end = printed.length - UTC.length;
        if (end < SECONDS_LENGTH || !Arrays.equals(printed, end, printed.length, UTC, 0, UTC.length)) {
            throw new IllegalStateException("not a time in UTC: " + new String(printed, StandardCharsets.UTF_8));
        }
        int date = size + "2026-11-22".length();
        System.arraycopy(printed, 0, bytes, size, end);
        bytes[date] = 'T';
        size += end;
        int digits = Math.max(0, end - SECONDS_LENGTH - 1);
        for (; digits % 3 != 0; digits++) {
            bytes[size++] = '0';
        }
        bytes[size++] = 'Z';
    }

    /** The text of a JSON string, escaped as Jackson does it. */
    private void text(byte[] utf8) {
        for (byte each : utf8) {
            if (each == '"' || each == '\\' || (each >= 0 && each < ' ')) {
                escape(each);
            } else {
                bytes[size++] = each;
            }
        }
    }

    private void escape(byte character) {
        bytes[size++] = '\\';
        switch (character) {
            case '\b' -> bytes[size++] = 'b';
            case '\t' -> bytes[size++] = 't';
            case '\n' -> bytes[size++] = 'n';
            case '\f' -> bytes[size++] = 'f';
            case '\r' -> bytes[size++] = 'r';
            case '"', '\\' -> bytes[size++] = character;
            default -> {
                bytes[size++] = 'u';
                bytes[size++] = '0';
                bytes[size++] = '0';
                bytes[size++] = HEX[character >> 4];
                bytes[size++] = HEX[character & 0xF];
            }
        }
    }

    private void put(byte[] value) {
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, size + more);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

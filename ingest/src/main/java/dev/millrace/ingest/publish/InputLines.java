package dev.millrace.ingest.publish;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into lines without ever holding more of one than a limit. A line is there as soon as
 * its end was read. Not thread-safe.
 */
final class InputLines {
    private static final int BUFFER_BYTES = 64 * 1024;

    /**
     * A line without its end.
     *
     * @param number counted from 1
     * @param bytes null if the line is longer than the limit
     */
    record Line(long number, byte @Nullable [] bytes) {
        /** Whether there is nothing but white space. */
        boolean isBlank() {
            if (bytes == null) {
                return false;
            }
            for (byte next : bytes) {
                if (next != ' ' && next != '\t' && next != '\r') {
                    return false;
                }
            }
            return true;
        }
    }

    private final InputStream input;
    private final int maxBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int end;
    private long number;

    InputLines(InputStream input, int maxBytes) {
        this.input = input;
        this.maxBytes = maxBytes;
    }

    /** The next line, or null at the end of the stream. */
    @Nullable
    Line next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean isTooLong = false;
        boolean isEmpty = true;
        while (position < end || fill()) {
            isEmpty = false;
            int from = position;
            boolean isComplete = skipToLineEnd();
            int length = position - from - (isComplete ? 1 : 0);
            isTooLong |= line.size() + length > maxBytes;
            if (isTooLong) {
                line = new ByteArrayOutputStream();
            } else {
                line.write(buffer, from, length);
            }
            if (isComplete) {
                break;
            }
        }
        return isEmpty ? null : new Line(++number, isTooLong ? null : line.toByteArray());
    }

    private boolean fill() throws IOException {
        position = 0;
        end = Math.max(0, input.read(buffer));
        return end > 0;
    }

    /** Moves behind the next line end, or to the end of the buffer if it has none. */
    private boolean skipToLineEnd() {
        while (position < end) {
            if (buffer[position++] == '\n') {
                return true;
            }
        }
        return false;
    }
}

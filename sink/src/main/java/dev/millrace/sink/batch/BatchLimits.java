package dev.millrace.sink.batch;

import java.time.Duration;

/**
 * How large a batch may grow while the one before it is being written, and how soon it follows that one. A
 * batch can pass a limit of size by what one poll delivered.
 *
 * @param maxRows records in a batch, at least 1
 * @param maxBytes bytes of keys and values in a batch, at least 1
 * @param maxAge how long a record waits for others to come while the writer is free: from one batch's
 *     beginning to the next one's, unless that is full before; zero for not at all
 */
public record BatchLimits(int maxRows, long maxBytes, Duration maxAge) {
    /**
     * 5,000 rows is where COPY stops gaining; 16 MiB holds them at 3 KiB each. A batch costs five processes
     * a millisecond or so each, however small it is, so that a hundred a second are enough.
     */
    public static final BatchLimits DEFAULT = new BatchLimits(5_000, 16L << 20, Duration.ofMillis(10));

    public BatchLimits {
        if (maxRows < 1 || maxBytes < 1 || maxAge.isNegative()) {
            throw new IllegalArgumentException("batch limits must be at least 1, and 0 for the age: max-rows=" + maxRows
                    + ", max-bytes=" + maxBytes + ", max-age=" + maxAge);
        }
    }
}

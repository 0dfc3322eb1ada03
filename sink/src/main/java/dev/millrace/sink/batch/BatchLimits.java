package dev.millrace.sink.batch;

/**
 * How large a batch may grow while the one before it is being written. A batch can pass a limit by
 * what one poll delivered. There is no limit of age: a batch never waits to become larger, it is written
 * as soon as the writer is free, so it is no older than the batch before it took.
 *
 * @param maxRows records in a batch, at least 1
 * @param maxBytes bytes of keys and values in a batch, at least 1
 */
public record BatchLimits(int maxRows, long maxBytes) {
    /** 5,000 rows is where COPY stops gaining; 16 MiB holds them at 3 KiB each. */
    public static final BatchLimits DEFAULT = new BatchLimits(5_000, 16L << 20);

    public BatchLimits {
        if (maxRows < 1 || maxBytes < 1) {
            throw new IllegalArgumentException(
                    "batch limits must be at least 1: max-rows=" + maxRows + ", max-bytes=" + maxBytes);
        }
    }
}

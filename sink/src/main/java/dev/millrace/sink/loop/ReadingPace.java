package dev.millrace.sink.loop;

import dev.millrace.sink.batch.OpenBatch;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When to read on. A poll costs the sink and the broker the same whether it brings one record or a thousand,
 * so while a batch waits to be due the records gather at the broker, and are fetched shortly before. Not
 * thread-safe.
 */
final class ReadingPace {
    /**
     * For two polls: the first brings what was fetched when the last one ended, and asks for what has gathered
     * since. A fetch takes 1 to 2 ms here.
     */
    private static final long READING_NANOS = 3_000_000L;

    private final OpenBatch open;
    private final LongSupplier dueNanos;
    private final Ticker ticker;
    private long readingSince;

    /** @param dueNanos when the next batch may begin, on the ticker */
    ReadingPace(OpenBatch open, LongSupplier dueNanos, Ticker ticker) {
        this.open = open;
        this.dueNanos = dueNanos;
        this.ticker = ticker;
        readingSince = ticker.nanoTime();
    }

    /** How long not to poll, at most as long as a limit. */
    Duration rest(Duration limit) {
        long now = ticker.nanoTime();
        if (open.isEmpty() || open.isFull() || now - readingSince < READING_NANOS) {
            return Duration.ZERO;
        }
        long untilDue = dueNanos.getAsLong() - now;
        // Past due, the batch waits for the writer, who may take long.
        long rest = untilDue > 0
                ? untilDue - READING_NANOS
                : readingSince + open.maxAge().toNanos() - now;
        if (rest <= 0) {
            readingSince = now;
            return Duration.ZERO;
        }
        return Duration.ofNanos(Math.min(rest, limit.toNanos()));
    }
}

package dev.millrace.ingest.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Counts the answers and measures how long they took. Thread-safe. */
final class Acknowledgements {
    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final int DIGITS = 3;

    private final Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    private final LongAdder failed = new LongAdder();
    private final AtomicLong lastNanos = new AtomicLong(Long.MIN_VALUE);

    /**
     * An event has its answer.
     *
     * @param dueNanos when it was due, {@code nowNanos} when it was answered, on one clock
     */
    void answered(boolean acknowledged, long dueNanos, long nowNanos) {
        lastNanos.accumulateAndGet(nowNanos, Math::max);
        if (acknowledged) {
            micros.recordValue(Math.min(LONGEST_MICROS, Math.max(0, nowNanos - dueNanos) / 1_000));
        } else {
            failed.increment();
        }
    }

    /**
     * When all have their answers.
     *
     * @param behindNanos the longest that an event was handed over too late
     */
    LoadReport report(long beginNanos, long behindNanos) {
        long acknowledged = micros.getTotalCount();
        long lost = failed.sum();
        Duration length = acknowledged + lost == 0 ? Duration.ZERO : Duration.ofNanos(lastNanos.get() - beginNanos);
        return new LoadReport(acknowledged, lost, length, Duration.ofNanos(behindNanos), Latency.of(micros));
    }
}

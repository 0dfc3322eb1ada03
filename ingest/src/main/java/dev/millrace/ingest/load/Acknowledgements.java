package dev.millrace.ingest.load;

import dev.millrace.ingest.load.LoadReport.Latency;
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

    /** When all have their answers. */
    LoadReport report(long beginNanos) {
        long acknowledged = micros.getTotalCount();
        long lost = failed.sum();
        Duration length = acknowledged + lost == 0 ? Duration.ZERO : Duration.ofNanos(lastNanos.get() - beginNanos);
        return new LoadReport(
                acknowledged, lost, length, new Latency(at(50), at(99), at(99.9), millis(micros.getMaxValue())));
    }

    private double at(double percentile) {
        return millis(micros.getValueAtPercentile(percentile));
    }

    private static double millis(long micros) {
        return micros / 1e3;
    }
}

package dev.millrace.compose.bench;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures from the first commit to the last: what is committed first does not count, since nobody knows
 * when work on it began. For one thread.
 */
final class CommitClock {
    private final LongSupplier nanoTime;
    private final Supplier<Map<String, Double>> cpuSeconds;
    private final Sample begin;
    private @Nullable Sample first;

    /** @param handled how many events are committed at that moment */
    private record Sample(long nanos, long handled, Map<String, Double> cpuSeconds) {}

    /** Begins.
     *
     * @param cpuSeconds what processes have used so far, by name; one that is not there is missing */
    CommitClock(Supplier<Map<String, Double>> cpuSeconds) {
        this(System::nanoTime, cpuSeconds);
    }

    /** For tests: with another clock. */
    CommitClock(LongSupplier nanoTime, Supplier<Map<String, Double>> cpuSeconds) {
        this.nanoTime = nanoTime;
        this.cpuSeconds = cpuSeconds;
        begin = sample(0);
    }

    /** So many are committed now. */
    void see(long handled) {
        if (first == null && handled > 0) {
            first = sample(handled);
        }
    }

    /** All are committed now. If the first commit was the last one, too, the whole time counts. */
    Run end(long handled) {
        Sample end = sample(handled);
        Sample from = first == null || first.handled() == handled ? begin : first;
        return new Run(
                handled - from.handled(),
                Duration.ofNanos(end.nanos() - from.nanos()),
                Duration.ofNanos(end.nanos() - begin.nanos()),
                difference(end.cpuSeconds(), from.cpuSeconds()));
    }

    private Sample sample(long handled) {
        return new Sample(nanoTime.getAsLong(), handled, cpuSeconds.get());
    }

    private static Map<String, Double> difference(Map<String, Double> end, Map<String, Double> from) {
        Map<String, Double> used = new TreeMap<>();
        end.forEach((name, seconds) -> used.put(name, seconds - from.getOrDefault(name, 0.0)));
        return used;
    }
}

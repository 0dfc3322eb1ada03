package dev.millrace.compose.bench;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures from the first commit to the last: what is committed first does not count, since nobody knows
 * when work on it began. Thread-safe.
 */
final class CommitClock {
    private final long events;
    private final LongSupplier nanoTime;
    private final Supplier<Map<String, Double>> cpuSeconds;
    private final Sample begin;
    private @Nullable Sample first;
    private @Nullable Sample last;

    /** @param handled how many events are committed at that moment */
    private record Sample(long nanos, long handled, Map<String, Double> cpuSeconds) {}

    /**
     * Begins.
     *
     * @param events how many there are to be committed
     * @param cpuSeconds what processes have used so far, by name; one that is not there is missing
     */
    CommitClock(long events, Supplier<Map<String, Double>> cpuSeconds) {
        this(events, System::nanoTime, cpuSeconds);
    }

    /** For tests: with another clock. */
    CommitClock(long events, LongSupplier nanoTime, Supplier<Map<String, Double>> cpuSeconds) {
        this.events = events;
        this.nanoTime = nanoTime;
        this.cpuSeconds = cpuSeconds;
        begin = sample(0);
    }

    /** So many are committed now. To be told while those who did it still live, so that their processor time is seen. */
    synchronized void see(long handled) {
        if (first == null && handled > 0) {
            first = sample(handled);
        }
        if (last == null && handled >= events) {
            last = sample(handled);
        }
    }

    /**
     * What was measured. If the first commit was the last one, too, the whole time counts.
     *
     * @throws IllegalStateException if not all events are committed
     */
    synchronized Run run() {
        if (first == null || last == null) {
            throw new IllegalStateException("not all of " + events + " events are committed");
        }
        Sample from = first.handled() >= last.handled() ? begin : first;
        return new Run(
                last.handled() - from.handled(),
                Duration.ofNanos(last.nanos() - from.nanos()),
                Duration.ofNanos(last.nanos() - begin.nanos()),
                difference(last.cpuSeconds(), from.cpuSeconds()));
    }

    private Sample sample(long handled) {
        return new Sample(nanoTime.getAsLong(), handled, cpuSeconds.get());
    }

    /** By how much each has grown; what was not there has grown from 0. */
    static Map<String, Double> difference(Map<String, Double> end, Map<String, Double> from) {
        Map<String, Double> used = new TreeMap<>();
        end.forEach((name, seconds) -> used.put(name, seconds - from.getOrDefault(name, 0.0)));
        return used;
    }
}

package dev.millrace.compose.bench;

import dev.millrace.compose.bench.Growth.Commit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private final Companion companion;
    private final List<Commit> commits = new ArrayList<>();
    private final Sample begin;
    private @Nullable Sample first;
    private @Nullable Sample last;

    private record Sample(Commit commit, Map<String, Double> cpuSeconds) {}

    /**
     * Begins.
     *
     * @param events how many there are to be committed
     * @param cpuSeconds what processes have used so far, by name; one that is not there is missing
     * @param companion is told of the first commit and of the last
     */
    CommitClock(long events, Supplier<Map<String, Double>> cpuSeconds, Companion companion) {
        this(events, System::nanoTime, cpuSeconds, companion);
    }

    /** For tests: with another clock. */
    CommitClock(long events, LongSupplier nanoTime, Supplier<Map<String, Double>> cpuSeconds, Companion companion) {
        this.events = events;
        this.nanoTime = nanoTime;
        this.cpuSeconds = cpuSeconds;
        this.companion = companion;
        begin = sample(new Commit(nanoTime.getAsLong(), 0));
        commits.add(begin.commit());
    }

    /**
     * So many are committed now; fewer than before is old news. To be told while those who did it still live, so that
     * their processor time is seen.
     */
    synchronized void see(long handled) {
        if (handled <= commits.get(commits.size() - 1).handled()) {
            return;
        }
        Commit commit = new Commit(nanoTime.getAsLong(), handled);
        commits.add(commit);
        if (first == null) {
            first = sample(commit);
            companion.begin();
        }
        if (last == null && handled >= events) {
            companion.end();
            last = sample(commit);
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
        boolean single = first.commit().equals(last.commit());
        Sample from = single ? begin : first;
        Commit end = last.commit();
        return new Run(
                end.handled() - from.commit().handled(),
                Duration.ofNanos(end.nanos() - from.commit().nanos()),
                Duration.ofNanos(end.nanos() - begin.commit().nanos()),
                Growth.of(single ? commits : commits.subList(1, commits.size())),
                difference(last.cpuSeconds(), from.cpuSeconds()),
                null);
    }

    private Sample sample(Commit commit) {
        return new Sample(commit, cpuSeconds.get());
    }

    /** By how much each has grown; what was not there has grown from 0. */
    static Map<String, Double> difference(Map<String, Double> end, Map<String, Double> from) {
        Map<String, Double> used = new TreeMap<>();
        end.forEach((name, seconds) -> used.put(name, seconds - from.getOrDefault(name, 0.0)));
        return used;
    }
}

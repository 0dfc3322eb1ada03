package dev.millrace.compose.torture;

import java.time.Duration;
import java.util.List;

/**
 * How long it took from the end of each fault until every partition had its next commit. Faults
 * overlap, so a time may include that of the next fault.
 */
record Recoveries(int count, Duration median, Duration p95, Duration max) {
    static Recoveries of(List<Duration> times) {
        List<Duration> sorted = times.stream().sorted().toList();
        if (sorted.isEmpty()) {
            return new Recoveries(0, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        }
        int last = sorted.size() - 1;
        return new Recoveries(sorted.size(), sorted.get(last / 2), sorted.get(last * 95 / 100), sorted.get(last));
    }
}

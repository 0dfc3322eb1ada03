package dev.millrace.compose.bench;

import java.time.Duration;
import java.util.Map;

/**
 * One contender's time in one round.
 *
 * @param counted events that were committed after the first commit, up to the last
 * @param window from the first commit to the last
 * @param whole from the start of the contender to the last commit
 * @param cpuSeconds by process, in the window
 */
record Run(long counted, Duration window, Duration whole, Map<String, Double> cpuSeconds) {
    double eventsPerSecond() {
        return counted / (window.toNanos() / 1e9);
    }
}

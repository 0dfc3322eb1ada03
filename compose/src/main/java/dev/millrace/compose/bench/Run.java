package dev.millrace.compose.bench;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One contender's time in one round.
 *
 * @param counted events that were committed after the first commit, up to the last
 * @param window from the first commit to the last
 * @param whole from the start of the contender to the last commit
 * @param growth of the tables in the window, and what it did to the rate
 * @param cpuSeconds by process, in the window
 * @param queries of readers in the window; null if there were none
 */
record Run(
        long counted,
        Duration window,
        Duration whole,
        Growth growth,
        Map<String, Double> cpuSeconds,
        @Nullable QueryFigures queries) {
    /** The same with what readers met meanwhile. */
    Run with(QueryFigures readers) {
        return new Run(counted, window, whole, growth, cpuSeconds, readers);
    }

    double eventsPerSecond() {
        return counted / (window.toNanos() / 1e9);
    }

    /** Microseconds of processor time by process for each event that counts. */
    Map<String, Double> cpuMicrosPerEvent() {
        return ProcessorTime.microsPerEvent(cpuSeconds, counted);
    }
}

package dev.millrace.compose.bench;

import java.util.Map;

/**
 * One export of everything.
 *
 * @param bytes that came
 * @param cpuSeconds by process
 */
record ExportRun(long events, long bytes, double seconds, Map<String, Double> cpuSeconds) {
    double eventsPerSecond() {
        return events / seconds;
    }
}

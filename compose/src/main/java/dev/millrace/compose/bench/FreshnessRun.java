package dev.millrace.compose.bench;

import dev.millrace.ingest.load.Latency;
import dev.millrace.ingest.load.LoadReport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one rate gave.
 *
 * @param rate events a second that were to be sent
 * @param load as it went; all of its events were acknowledged and visible
 * @param latency from the acknowledgement to the visible event
 * @param cpuSeconds by process, from the first event until all were visible
 * @param stalls slow transactions of the sink meanwhile, by cause
 */
record FreshnessRun(
        int rate, LoadReport load, Latency latency, Map<String, Double> cpuSeconds, Map<String, Double> stalls) {
    FreshnessRun {
        stalls = new TreeMap<>(stalls);
        stalls.values().removeIf(count -> count == 0);
    }

    String name() {
        return rate + "/s";
    }

    /** Microseconds of processor time by process for each event. */
    Map<String, Double> cpuMicrosPerEvent() {
        return ProcessorTime.microsPerEvent(cpuSeconds, load.acknowledged());
    }

    double behindMillis() {
        return load.behind().toNanos() / 1e6;
    }

    /** For a program. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", name());
        members.put("events", load.acknowledged());
        members.put("events_per_second", rate);
        members.put("latency_ms", latency.members());
        members.put("publish_latency_ms", load.latency().members());
        members.put("behind_ms", behindMillis());
        members.putAll(ProcessorTime.members(cpuSeconds, cpuMicrosPerEvent()));
        members.put("stalls", stalls);
        return members;
    }
}

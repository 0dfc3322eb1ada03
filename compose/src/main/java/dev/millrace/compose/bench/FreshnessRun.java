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

    /** Processor time by process, divided among the events. */
    Map<String, Double> cpuMicrosPerEvent() {
        Map<String, Double> micros = new TreeMap<>();
        cpuSeconds.forEach((name, seconds) -> micros.put(name, seconds * 1e6 / load.acknowledged()));
        return micros;
    }

    double behindMillis() {
        return load.behind().toNanos() / 1e6;
    }

    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("events_per_second", rate);
        members.put("acknowledged", load.acknowledged());
        members.put("latency_ms", latency.members());
        members.put("publish_latency_ms", load.latency().members());
        members.put("behind_ms", behindMillis());
        members.put("cpu_seconds", cpuSeconds);
        members.put("cpu_micros_per_event", cpuMicrosPerEvent());
        members.put("stalls", stalls);
        return members;
    }
}

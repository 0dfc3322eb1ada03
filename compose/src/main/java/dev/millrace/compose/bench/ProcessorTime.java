package dev.millrace.compose.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Processor time by process, as every scenario counts and names it. */
final class ProcessorTime {
    private ProcessorTime() {}

    /** Microseconds for each event. */
    static Map<String, Double> microsPerEvent(Map<String, Double> seconds, long events) {
        Map<String, Double> micros = new TreeMap<>();
        seconds.forEach((process, time) -> micros.put(process, time * 1e6 / events));
        return micros;
    }

    /** For a program. */
    static Map<String, Object> members(Map<String, Double> seconds, Map<String, Double> microsPerEvent) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("cpu_seconds", seconds);
        members.put("cpu_us_per_event", microsPerEvent);
        return members;
    }
}

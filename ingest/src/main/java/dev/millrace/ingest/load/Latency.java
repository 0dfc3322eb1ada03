package dev.millrace.ingest.load;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** How long many things took, in milliseconds; all 0 if there were none. */
public record Latency(double p50, double p99, double p999, double max) {
    /** @param micros one value for each, in microseconds; not written to meanwhile */
    public static Latency of(Histogram micros) {
        return new Latency(at(micros, 50), at(micros, 99), at(micros, 99.9), millis(micros.getMaxValue()));
    }

    /** For a program. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("p50", p50);
        members.put("p99", p99);
        members.put("p999", p999);
        members.put("max", max);
        return members;
    }

    private static double at(Histogram micros, double percentile) {
        return millis(micros.getValueAtPercentile(percentile));
    }

    private static double millis(long micros) {
        return micros / 1e3;
    }
}

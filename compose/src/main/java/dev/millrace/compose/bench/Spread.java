package dev.millrace.compose.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What several rounds gave. */
record Spread(double median, double min, double max) {
    /** @param runs at least one */
    static <T> Spread of(List<T> runs, ToDoubleFunction<T> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        int last = sorted.length - 1;
        return new Spread((sorted[last / 2] + sorted[sorted.length / 2]) / 2, sorted[0], sorted[last]);
    }

    /** For a program. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("median", median);
        members.put("min", min);
        members.put("max", max);
        return members;
    }
}

package dev.millrace.compose.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * What came of a drain.
 *
 * @param runs by contender, in the order of the rounds; one of them is the ceiling
 */
public record DrainReport(BenchSettings settings, Map<String, List<Run>> runs) implements BenchReport {
    static final String CEILING = "ceiling";

    @Override
    public Map<String, Object> members() {
        List<Map<String, Object>> contenders = new ArrayList<>();
        runs.forEach((name, ofContender) -> contenders.add(contender(name, ofContender)));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("scenario", "drain");
        all.put("ids", settings.ids().name().toLowerCase(Locale.ROOT));
        all.put("workers", settings.workers());
        all.put("contenders", contenders);
        return all;
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder(
                "%-10s %12s %12s %12s %8s  %s".formatted("drain", "events/s", "min", "max", "ratio", "cpu seconds"));
        runs.forEach((name, ofContender) -> {
            Spread rate = Spread.of(ofContender, Run::eventsPerSecond);
            text.append(String.format(
                    Locale.ROOT,
                    "%n%-10s %12.0f %12.0f %12.0f %8.2f ",
                    name,
                    rate.median(),
                    rate.min(),
                    rate.max(),
                    ratio(ofContender)));
            cpuSeconds(ofContender)
                    .forEach((process, seconds) ->
                            text.append(String.format(Locale.ROOT, " %s=%.1f", process, seconds)));
        });
        return text.toString();
    }

    private Map<String, Object> contender(String name, List<Run> ofContender) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", name);
        members.put("events", settings.events());
        members.put(
                "events_per_second",
                Spread.of(ofContender, Run::eventsPerSecond).members());
        members.put("ratio_to_ceiling", ratio(ofContender));
        members.put("rounds", ofContender.stream().map(Run::eventsPerSecond).toList());
        members.put(
                "seconds",
                Spread.of(ofContender, run -> run.whole().toNanos() / 1e9).members());
        members.put("cpu_seconds", cpuSeconds(ofContender));
        return members;
    }

    /** The median of what it was in each round, in which both met the same machine. */
    private double ratio(List<Run> ofContender) {
        List<Run> ceiling = Objects.requireNonNull(runs.get(CEILING));
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ofContender.size(); round++) {
            ratios.add(ofContender.get(round).eventsPerSecond()
                    / ceiling.get(round).eventsPerSecond());
        }
        return Spread.of(ratios, Double::doubleValue).median();
    }

    /** The medians by process. */
    private static Map<String, Double> cpuSeconds(List<Run> ofContender) {
        Set<String> names = new TreeSet<>();
        ofContender.forEach(run -> names.addAll(run.cpuSeconds().keySet()));
        Map<String, Double> medians = new LinkedHashMap<>();
        for (String name : names) {
            medians.put(
                    name,
                    Spread.of(ofContender, run -> run.cpuSeconds().getOrDefault(name, 0.0))
                            .median());
        }
        return medians;
    }

    /** What several rounds gave. */
    private record Spread(double median, double min, double max) {
        static <T> Spread of(List<T> runs, ToDoubleFunction<T> figure) {
            double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
            int last = sorted.length - 1;
            return new Spread((sorted[last / 2] + sorted[sorted.length / 2]) / 2, sorted[0], sorted[last]);
        }

        Map<String, Object> members() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("median", median);
            members.put("min", min);
            members.put("max", max);
            return members;
        }
    }
}

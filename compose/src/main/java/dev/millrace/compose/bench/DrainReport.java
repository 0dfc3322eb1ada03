package dev.millrace.compose.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What came of a drain.
 *
 * @param variant of the stack, with the servers' settings as they print them
 * @param runs by contender, in the order of the rounds; one of them is the ceiling
 */
public record DrainReport(BenchSettings settings, StackVariant variant, Map<String, List<Run>> runs)
        implements BenchReport {
    static final String CEILING = "ceiling";

    @Override
    public Map<String, Object> members() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("scenario", "drain");
        all.put("ids", settings.ids().name().toLowerCase(Locale.ROOT));
        all.put("workers", settings.workers());
        all.putAll(variant.members());
        all.put(
                "contenders",
                results().stream()
                        .map(result -> result.members(settings.events()))
                        .toList());
        return all;
    }

    @Override
    public String text() {
        List<ContenderResult> results = results();
        StringBuilder text = new StringBuilder("%-10s %12s %12s %12s %8s %12s %12s %10s"
                .formatted("drain", "events/s", "min", "max", "ratio", "first", "last", "last/first"));
        results.forEach(result -> text.append(rates(result)));
        text.append("%n%n%-10s %s".formatted("processor", "seconds (microseconds per event)"));
        results.forEach(result -> text.append(processor(result)));
        String queries = results.stream().map(DrainReport::queries).collect(Collectors.joining());
        if (!queries.isEmpty()) {
            text.append("%n%n%-10s %12s %12s %12s %12s %16s %16s"
                            .formatted(
                                    "queries", "asked", "p50 ms", "p99 ms", "max ms", "pending p50 B", "pending max B"))
                    .append(queries);
        }
        return text.toString();
    }

    private static String rates(ContenderResult result) {
        Spread rate = result.rate();
        return String.format(
                Locale.ROOT,
                "%n%-10s %12.0f %12.0f %12.0f %8.2f %12.0f %12.0f %10.2f",
                result.name(),
                rate.median(),
                rate.min(),
                rate.max(),
                result.ratio(),
                result.median(run -> run.growth().first()),
                result.median(run -> run.growth().last()),
                result.median(run -> run.growth().ratio()));
    }

    private static String processor(ContenderResult result) {
        StringBuilder line = new StringBuilder("%n%-10s".formatted(result.name()));
        Map<String, Double> micros = result.medians(Run::cpuMicrosPerEvent);
        result.medians(Run::cpuSeconds)
                .forEach((process, seconds) -> line.append(
                        String.format(Locale.ROOT, " %s=%.1f (%.1f)", process, seconds, micros.get(process))));
        return line.toString();
    }

    /** Empty if nobody asked. */
    private static String queries(ContenderResult result) {
        return result.queries()
                .map(figures -> String.format(
                        Locale.ROOT,
                        "%n%-10s %12d %12.1f %12.1f %12.1f %16d %16d",
                        result.name(),
                        figures.count(),
                        figures.millisAt(50),
                        figures.millisAt(99),
                        figures.maxMillis(),
                        figures.medianPendingListBytes(),
                        figures.maxPendingListBytes()))
                .orElse("");
    }

    private List<ContenderResult> results() {
        List<ContenderResult> results = new ArrayList<>();
        runs.forEach((name, ofContender) -> results.add(new ContenderResult(name, ofContender, ratio(ofContender))));
        return results;
    }

    private double ratio(List<Run> ofContender) {
        List<Run> ceiling = Objects.requireNonNull(runs.get(CEILING));
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ofContender.size(); round++) {
            ratios.add(ofContender.get(round).eventsPerSecond()
                    / ceiling.get(round).eventsPerSecond());
        }
        return Spread.of(ratios, Double::doubleValue).median();
    }
}

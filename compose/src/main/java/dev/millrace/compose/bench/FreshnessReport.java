package dev.millrace.compose.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came of measuring the freshness.
 *
 * @param variant of the stack, with the servers' settings as they print them
 * @param runs one for each rate
 */
public record FreshnessReport(FreshnessSettings settings, StackVariant variant, List<FreshnessRun> runs)
        implements BenchReport {
    private static final String HEAD = "%-12s %12s %9s %9s %9s %9s %9s %9s %9s  %s";
    private static final String LINE = "%n%-12s %12d %9.1f %9.1f %9.1f %9.1f %9.1f %9.1f %9.1f ";

    @Override
    public Map<String, Object> members() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("scenario", "freshness");
        all.put("ids", settings.ids().name().toLowerCase(Locale.ROOT));
        all.put("duration_seconds", settings.duration().toMillis() / 1e3);
        all.putAll(variant.members());
        all.put("contenders", runs.stream().map(FreshnessRun::members).toList());
        return all;
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder(HEAD.formatted(
                "freshness",
                "acknowledged",
                "p50 ms",
                "p99 ms",
                "p99.9 ms",
                "max ms",
                "publ. p50",
                "publ. p99",
                "behind ms",
                "cpu seconds/us per event, stalls"));
        runs.forEach(run -> append(run, text));
        return text.toString();
    }

    private static void append(FreshnessRun run, StringBuilder text) {
        text.append(String.format(
                Locale.ROOT,
                LINE,
                run.name(),
                run.load().acknowledged(),
                run.latency().p50(),
                run.latency().p99(),
                run.latency().p999(),
                run.latency().max(),
                run.load().latency().p50(),
                run.load().latency().p99(),
                run.behindMillis()));
        Map<String, Double> micros = run.cpuMicrosPerEvent();
        run.cpuSeconds()
                .forEach((process, seconds) -> text.append(
                        String.format(Locale.ROOT, " %s=%.1f/%.0f", process, seconds, micros.get(process))));
        run.stalls().forEach((cause, count) -> text.append(String.format(Locale.ROOT, " %s=%.0f", cause, count)));
    }
}

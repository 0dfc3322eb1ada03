package dev.millrace.compose.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came of measuring queries.
 *
 * @param variant of the stack, with the servers' settings as they print them
 * @param runs in the order in which they were made
 */
public record QueryReport(QuerySettings settings, StackVariant variant, List<QueryRun> runs) implements BenchReport {
    private static final String HEAD = "%-20s %10s %10s %10s %9s %9s %9s %9s  %s";
    private static final String LINE = "%n%-20s %10d %10d %10.0f %9.2f %9.2f %9.2f %9.2f ";

    @Override
    public Map<String, Object> members() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("scenario", "query");
        all.put("ids", settings.ids().name().toLowerCase(Locale.ROOT));
        all.put("duration_seconds", settings.duration().toMillis() / 1e3);
        all.put("questions_per_second", settings.rate());
        all.put("writes_per_second", settings.writes());
        all.putAll(variant.members());
        all.put("contenders", runs.stream().map(QueryRun::members).toList());
        return all;
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder(HEAD.formatted(
                "query",
                "events",
                "questions",
                "per second",
                "p50 ms",
                "p99 ms",
                "p99.9 ms",
                "max ms",
                "us of processor time per question"));
        runs.forEach(run -> append(run, text));
        return text.toString();
    }

    private static void append(QueryRun run, StringBuilder text) {
        text.append(String.format(
                Locale.ROOT,
                LINE,
                run.name(),
                run.stored(),
                run.answers().questions(),
                run.answers().perSecond(),
                run.answers().latency().p50(),
                run.answers().latency().p99(),
                run.answers().latency().p999(),
                run.answers().latency().max()));
        run.cpuMicrosPerQuestion()
                .forEach((process, micros) -> text.append(String.format(Locale.ROOT, " %s=%.0f", process, micros)));
    }
}

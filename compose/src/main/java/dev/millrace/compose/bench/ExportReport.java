package dev.millrace.compose.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of measuring exports.
 *
 * @param variant of the stack, with the servers' settings as they print them
 * @param runs by the way of reading
 */
public record ExportReport(ExportSettings settings, StackVariant variant, Map<String, List<ExportRun>> runs)
        implements BenchReport {
    /** What the others are compared with. */
    static final String CEILING = "jdbc";

    @Override
    public Map<String, Object> members() {
        List<Map<String, Object>> contenders = new ArrayList<>();
        runs.forEach((name, rounds) -> {
            Map<String, Object> contender = new LinkedHashMap<>();
            contender.put("name", name);
            contender.put("events", settings.events());
            contender.put("events_per_second", rate(rounds).members());
            contender.put("ratio_to_ceiling", ratio(rounds));
            contender.put("bytes", rounds.get(0).bytes());
            contender.putAll(ProcessorTime.members(cpuSeconds(rounds), cpuMicros(rounds)));
            contenders.add(contender);
        });
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("scenario", "export");
        all.put("ids", settings.ids().name().toLowerCase(Locale.ROOT));
        all.put("rounds", settings.rounds());
        all.putAll(variant.members());
        all.put("contenders", contenders);
        return all;
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder("%-10s %10s %12s %12s %12s %8s  %s"
                .formatted("export", "events", "events/s", "least", "most", "ratio", "us of processor time per event"));
        runs.forEach((name, rounds) -> {
            Spread rate = rate(rounds);
            text.append(String.format(
                    Locale.ROOT,
                    "%n%-10s %10d %12.0f %12.0f %12.0f %8.2f ",
                    name,
                    settings.events(),
                    rate.median(),
                    rate.min(),
                    rate.max(),
                    ratio(rounds)));
            cpuMicros(rounds)
                    .forEach((process, micros) -> text.append(String.format(Locale.ROOT, " %s=%.1f", process, micros)));
        });
        return text.toString();
    }

    private double ratio(List<ExportRun> rounds) {
        List<ExportRun> ceiling = runs.getOrDefault(CEILING, rounds);
        return Math.round(100 * rate(rounds).median() / rate(ceiling).median()) / 100.0;
    }

    private Map<String, Double> cpuMicros(List<ExportRun> rounds) {
        return ProcessorTime.microsPerEvent(cpuSeconds(rounds), settings.events());
    }

    private static Spread rate(List<ExportRun> rounds) {
        return Spread.of(rounds, ExportRun::eventsPerSecond);
    }

    /** The median of each process. */
    private static Map<String, Double> cpuSeconds(List<ExportRun> rounds) {
        Map<String, Double> medians = new TreeMap<>();
        for (String process : rounds.get(0).cpuSeconds().keySet()) {
            medians.put(
                    process,
                    Spread.of(rounds, round -> round.cpuSeconds().getOrDefault(process, 0.0))
                            .median());
        }
        return medians;
    }
}

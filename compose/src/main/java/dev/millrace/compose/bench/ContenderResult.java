package dev.millrace.compose.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * One contender's rounds, summed up.
 *
 * @param runs in the order of the rounds, at least one
 * @param ratio to the ceiling: the median of what it was in each round, in which both met the same machine
 */
record ContenderResult(String name, List<Run> runs, double ratio) {
    Spread rate() {
        return Spread.of(runs, Run::eventsPerSecond);
    }

    /** The median over the rounds. */
    double median(ToDoubleFunction<Run> figure) {
        return Spread.of(runs, figure).median();
    }

    /** The medians by process; 0 counts for a round in which there was none. */
    Map<String, Double> medians(Function<Run, Map<String, Double>> byProcess) {
        Set<String> processes = new TreeSet<>();
        runs.forEach(run -> processes.addAll(byProcess.apply(run).keySet()));
        Map<String, Double> medians = new LinkedHashMap<>();
        for (String process : processes) {
            medians.put(process, median(run -> byProcess.apply(run).getOrDefault(process, 0.0)));
        }
        return medians;
    }

    /** What readers met in all rounds; empty if there were none. */
    Optional<QueryFigures> queries() {
        List<QueryFigures> rounds =
                runs.stream().map(Run::queries).filter(Objects::nonNull).toList();
        return rounds.isEmpty() ? Optional.empty() : Optional.of(QueryFigures.of(rounds));
    }

    /**
     * For a program.
     *
     * @param events in the topic
     */
    Map<String, Object> members(int events) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", name);
        members.put("events", events);
        members.put("events_per_second", rate().members());
        members.put("ratio_to_ceiling", ratio);
        members.put("rounds", runs.stream().map(Run::eventsPerSecond).toList());
        members.put("events_per_second_first", median(run -> run.growth().first()));
        members.put("events_per_second_last", median(run -> run.growth().last()));
        members.put(
                "seconds", Spread.of(runs, run -> run.whole().toNanos() / 1e9).members());
        members.putAll(ProcessorTime.members(medians(Run::cpuSeconds), medians(Run::cpuMicrosPerEvent)));
        queries().ifPresent(figures -> members.putAll(figures.members()));
        return members;
    }
}

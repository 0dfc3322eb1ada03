package dev.millrace.sink.loop;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.millrace.sink.simulator.Fault;
import dev.millrace.sink.simulator.PlantedBug;
import dev.millrace.sink.simulator.Schedule;
import dev.millrace.sink.simulator.Stacks;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Runs seeds one after the other, and counts what happened in them. Silences the sink's log until it is closed. */
final class Simulator implements AutoCloseable {
    private static final int LAST_STEPS = 60;

    private final Logger log = (Logger) LoggerFactory.getLogger("dev.millrace.sink");
    private final Logger output = (Logger) LoggerFactory.getLogger("simulator");
    private final @Nullable Level level = log.getLevel();
    private final Stacks stacks = new Stacks();
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private long seeds;
    private long steps;
    private long commits;
    private long rewinds;
    private long fenced;
    private long outwaited;

    Simulator() {
        log.setLevel(Level.OFF);
        output.setLevel(Level.INFO);
    }

    /** @return what was violated; null for nothing */
    @Nullable
    String run(long seed, PlantedBug bug) {
        return run(seed, bug, null);
    }

    /** The steps of a run; the same each time. */
    List<String> trace(long seed, PlantedBug bug) {
        List<String> trace = new ArrayList<>();
        run(seed, bug, trace);
        return trace;
    }

    /** What a person needs who has to find out why. */
    String report(long seed, String violation) {
        List<String> trace = trace(seed, PlantedBug.NONE);
        return "seed " + seed + ": " + violation + "\nthe last steps:\n  "
                + String.join("\n  ", trace.subList(Math.max(0, trace.size() - LAST_STEPS), trace.size()))
                + "\nall steps: mvn -pl sink -am test -Dtest=SimulatorTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dsimulator.seed=" + seed;
    }

    /** Tells a person. */
    void say(String what) {
        output.info(what);
    }

    String statistics(double seconds) {
        return "simulated: seeds=%d steps=%d commits=%d rewinds=%d fenced=%d outwaited=%d seconds=%.1f faults=%s"
                .formatted(seeds, steps, commits, rewinds, fenced, outwaited, seconds, faults);
    }

    Map<Fault, Integer> faults() {
        return faults;
    }

    private @Nullable String run(long seed, PlantedBug bug, @Nullable List<String> trace) {
        Schedule schedule = new Schedule(seed, trace);
        Simulation simulation = new Simulation(schedule, stacks, bug);
        String violation = simulation.run();
        seeds++;
        steps += schedule.steps();
        commits += simulation.database().commits();
        rewinds += simulation.database().rewinds();
        fenced += simulation.database().fenced();
        outwaited += simulation.database().outwaited();
        schedule.struck().forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
        return violation;
    }

    @Override
    public void close() {
        stacks.close();
        log.setLevel(level);
    }
}

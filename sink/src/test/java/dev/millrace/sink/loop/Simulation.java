package dev.millrace.sink.loop;

import dev.millrace.sink.simulator.Oracle;
import dev.millrace.sink.simulator.PlantedBug;
import dev.millrace.sink.simulator.Schedule;
import dev.millrace.sink.simulator.Stacks;
import dev.millrace.sink.simulator.Topic;
import dev.millrace.sink.write.SimulatedDatabase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run: a time of faults, then healing, in which everything has to arrive by itself, then a time in
 * which nothing may change any more.
 */
final class Simulation {
    private static final int HEALING_STEPS = 5_000;
    private static final int QUIET_STEPS = 80;
    private static final long IDLE_NANOS = 100_000_000L;

    private final Schedule schedule;
    private final Stacks stacks;
    private final PlantedBug bug;
    private final Topic topic;
    private final Oracle oracle;
    private final SimulatedDatabase database;
    private final SimulatedGroup group;
    private final Nemesis nemesis;
    private final List<SimulatedProcess> processes = new ArrayList<>();
    private final int workers;
    private final int faultySteps;
    private int started;
    private int healingBegan;
    private int quietSteps;
    private boolean over;

    Simulation(Schedule schedule, Stacks stacks, PlantedBug bug) {
        this.schedule = schedule;
        this.stacks = stacks;
        this.bug = bug;
        topic = new Topic(schedule);
        oracle = new Oracle(topic, schedule);
        database = new SimulatedDatabase(schedule, oracle);
        group = new SimulatedGroup(schedule, topic);
        nemesis = new Nemesis(schedule, group, database);
        workers = 1 + schedule.below(3);
        faultySteps = 50 + schedule.below(400);
    }

    /** @return what was violated; null for nothing */
    @Nullable
    String run() {
        start();
        stacks.run(this::next);
        return schedule.violation();
    }

    SimulatedDatabase database() {
        return database;
    }

    private Stacks.@Nullable Task next() {
        while (!over) {
            try {
                Stacks.Task task = step();
                over = over || schedule.violation() != null;
                if (task != null && !over) {
                    return task;
                }
            } catch (RuntimeException | Error died) {
                schedule.violated("a worker died: " + died + causes(died));
                over = true;
            }
        }
        return unwound();
    }

    /** What is on a stack has to leave it before the stacks can be used again. */
    private Stacks.@Nullable Task unwound() {
        for (SimulatedProcess process : processes) {
            if (!process.isGone()) {
                process.kill();
            }
            if (process.isKilledInTask()) {
                return process.writerTask();
            }
        }
        return null;
    }

    private Stacks.@Nullable Task step() {
        schedule.step();
        database.step();
        if (schedule.isCalm()) {
            stepHealing();
        } else {
            stepFaulty();
        }
        for (SimulatedProcess process : processes) {
            if (process.isKilledInTask()) {
                return process.writerTask();
            }
            process.endIfStopped();
        }
        processes.removeIf(process -> process.isGone() && !group.isMember(process.consumer()));
        return over ? null : stepSomebody();
    }

    private void stepFaulty() {
        if (processes.stream().filter(process -> !process.isGone()).count() < workers && schedule.chance(50)) {
            start();
        }
        if (schedule.chance(30)) {
            topic.grow();
        }
        if (!processes.isEmpty()) {
            nemesis.step(processes);
        }
        if (schedule.steps() >= faultySteps) {
            heal();
        }
    }

    private void heal() {
        schedule.note(() -> "healing");
        schedule.calm();
        database.heal();
        healingBegan = schedule.steps();
        for (SimulatedProcess process : processes) {
            process.wake();
            if (process.isGone()) {
                group.remove(process.consumer());
            }
        }
        if (processes.stream().allMatch(process -> process.isGone() || process.isStopping())) {
            start();
        }
    }

    private void stepHealing() {
        for (SimulatedProcess process : processes) {
            if (process.isGone()) {
                group.remove(process.consumer());
            }
        }
        if (isSettled()) {
            quietSteps++;
        } else if (quietSteps > 0 && !oracle.isComplete(database.committed())) {
            throw schedule.violated("everything had arrived, and does not any more");
        } else if (schedule.steps() - healingBegan > HEALING_STEPS) {
            throw schedule.violated("lag does not return to zero: " + database.committed().offsets);
        }
        if (quietSteps > QUIET_STEPS) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                oracle.check(database.committed(), partition);
            }
            over = true;
        }
    }

    private boolean isSettled() {
        return oracle.isComplete(database.committed())
                && processes.stream().allMatch(process -> process.isGone() || process.isReady());
    }

    private Stacks.@Nullable Task stepSomebody() {
        int first = processes.isEmpty() ? 0 : schedule.below(processes.size());
        boolean writerFirst = schedule.chance(600);
        for (int i = 0; i < processes.size(); i++) {
            SimulatedProcess process = processes.get((first + i) % processes.size());
            if (process.canStepWriter() && (writerFirst || !process.canStepLoop())) {
                return process.writerTask();
            }
            if (process.canStepLoop()) {
                process.stepLoop();
                return null;
            }
        }
        schedule.pass(IDLE_NANOS);
        return null;
    }

    private void start() {
        started++;
        processes.add(new SimulatedProcess("process " + started, stacks, group, database, bug));
        schedule.note(() -> "started " + processes.get(processes.size() - 1));
    }

    private static String causes(Throwable died) {
        StringBuilder causes = new StringBuilder();
        for (Throwable cause = died.getCause(); cause != null; cause = cause.getCause()) {
            causes.append(" because of ").append(cause);
        }
        return causes.toString();
    }
}

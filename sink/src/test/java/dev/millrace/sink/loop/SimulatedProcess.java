package dev.millrace.sink.loop;

import dev.millrace.sink.batch.BatchLimits;
import dev.millrace.sink.metrics.SinkMetrics;
import dev.millrace.sink.simulator.PlantedBug;
import dev.millrace.sink.simulator.Schedule;
import dev.millrace.sink.simulator.Stacks;
import dev.millrace.sink.simulator.Topic;
import dev.millrace.sink.simulator.Turn;
import dev.millrace.sink.write.BatchWriter;
import dev.millrace.sink.write.SimulatedDatabase;
import dev.millrace.sink.write.SimulatedWriters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A sink process: the real loop and the real writer, between a modelled group and a modelled database. */
final class SimulatedProcess implements Turn {
    private static final SinkMetrics METRICS = new SinkMetrics(new SimpleMeterRegistry());

    private final String name;
    private final Stacks stacks;
    private final Schedule schedule;
    private final SimulatedConsumer consumer;
    private final BatchWriter writer;
    private final TaskQueue queue = new TaskQueue();
    private final SinkWorker worker;
    private final int yieldsPerMille;
    private Stacks.@Nullable Task task;
    private BooleanSupplier ready = () -> true;
    private boolean killed;
    private boolean stopping;
    private boolean gone;
    private boolean frozen;
    private long stalledUntil;

    SimulatedProcess(String name, Stacks stacks, SimulatedGroup group, SimulatedDatabase database, PlantedBug bug) {
        this.name = name;
        this.stacks = stacks;
        schedule = group.schedule();
        consumer = bug == PlantedBug.NONE ? new SimulatedConsumer(name, group) : new PlantedConsumer(name, group, bug);
        writer = SimulatedWriters.writer(database, this, bug, group.committed());
        yieldsPerMille = 100 + schedule.below(500);
        worker = new SinkWorker(
                new ReadingRules(
                        Topic.NAME,
                        new BatchLimits(1 + schedule.below(20), 1 << 20, Duration.ofMillis(schedule.below(20))),
                        0,
                        false),
                consumer,
                new WriterThread(queue, writer, METRICS, schedule::nanoTime, consumer::wakeup),
                new StillTopic(),
                new LagMeter(Topic.NAME, METRICS, (partitions, answers) -> {}, schedule::nanoTime, Clock.systemUTC()),
                schedule::nanoTime);
        worker.subscribe();
    }

    @Override
    public void pass() {
        if (schedule.chance(yieldsPerMille)) {
            await(() -> true);
        }
    }

    @Override
    public void await(BooleanSupplier holds) {
        if (task == null) {
            return; // Closing: nobody else runs in the meantime.
        }
        ready = holds;
        if (!killed) {
            task.suspend();
        }
        if (killed) {
            throw new ProcessKilled();
        }
    }

    /** The loop makes one step. */
    void stepLoop() {
        worker.runOnce();
    }

    /** The writer's task to begin or to go on with. */
    Stacks.Task writerTask() {
        if (task == null) {
            Runnable work = queue.next();
            task = stacks.new Task(() -> {
                work.run();
                task = null;
            });
        }
        return task;
    }

    boolean canStepLoop() {
        return !gone && !stopping && !frozen;
    }

    boolean canStepWriter() {
        if (killed) {
            return task != null;
        }
        if (frozen || schedule.nanoTime() < stalledUntil) {
            return false;
        }
        return task == null ? queue.hasNext() : ready.getAsBoolean();
    }

    boolean isBusy() {
        return task != null || queue.hasNext();
    }

    boolean isKilledInTask() {
        return killed && task != null;
    }

    /** Dies at once. Its member stays in the group, and its backend on the server, until they are missed. */
    void kill() {
        killed = true;
        gone = true;
        queue.shutdownNow();
        if (task != null && !task.isBegun()) {
            task = null;
        }
        if (task == null) {
            writer.close();
        }
    }

    /** Begins to end in order: the loop stops, what is being written is finished. */
    void stop() {
        stopping = true;
        frozen = false;
    }

    /** Ends in order, when nothing is being written any more. */
    void endIfStopped() {
        if (stopping && !gone && !isBusy()) {
            gone = true;
            worker.stop();
            worker.run();
        }
    }

    void freeze() {
        frozen = true;
    }

    void wake() {
        frozen = false;
        stalledUntil = 0;
    }

    void stallWriter() {
        stalledUntil = schedule.within(12_000);
    }

    boolean isFrozen() {
        return frozen;
    }

    boolean isStopping() {
        return stopping;
    }

    /** Whether it is dead, killed or ended. */
    boolean isGone() {
        return gone;
    }

    boolean isReady() {
        return worker.isReady();
    }

    SimulatedConsumer consumer() {
        return consumer;
    }

    @Override
    public String toString() {
        return name;
    }

    /** Takes the place of death in a task that is on a stack. */
    private static final class ProcessKilled extends Error {
        ProcessKilled() {
            super("killed", null, false, false);
        }
    }
}

package dev.millrace.compose.torture;

import dev.millrace.compose.stack.Progress;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Throws faults as they are due, and ends those that last. Thread-safe. */
final class FaultThrower implements AutoCloseable {
    private final FaultSchedule schedule;
    private final Striker striker;
    private final CommitWatch watch;
    private final Progress progress;
    private final Map<String, Long> thrown = new TreeMap<>();
    private final ScheduledExecutorService endings = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "fault-endings");
        thread.setDaemon(true);
        return thread;
    });

    FaultThrower(FaultSchedule schedule, Striker striker, CommitWatch watch, Progress progress) {
        this.schedule = schedule;
        this.striker = striker;
        this.watch = watch;
        this.progress = progress;
    }

    /**
     * Throws faults for a while, then heals everything.
     *
     * @param stop ends it earlier
     * @param meanwhile is looked at before each fault, and ends it with an exception
     */
    void run(Duration length, CountDownLatch stop, Runnable meanwhile) throws InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        PlannedFault next = schedule.next();
        while (System.nanoTime() + next.pause().toNanos() < end) {
            if (stop.await(next.pause().toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
            meanwhile.run();
            begin(next);
            next = schedule.next();
        }
        if (!stop.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            endings.shutdownNow();
            striker.heal();
            watch.faultEnded();
            progress.say("all faults are healed");
        }
    }

    /** How many faults struck, by their names. */
    synchronized Map<String, Long> thrown() {
        return new TreeMap<>(thrown);
    }

    @Override
    public void close() {
        endings.shutdownNow();
        striker.close();
    }

    private void begin(PlannedFault fault) {
        Runnable undo = striker.strike(fault);
        if (undo == null) {
            progress.say(fault + ": nobody there to strike");
            return;
        }
        progress.say(fault.toString());
        synchronized (this) {
            thrown.merge(fault.name(), 1L, Long::sum);
        }
        if (fault.length().isZero()) {
            watch.faultEnded();
        } else {
            endings.schedule(() -> end(fault, undo), fault.length().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void end(PlannedFault fault, Runnable undo) {
        undo.run();
        progress.say("over: " + fault);
        watch.faultEnded();
    }
}

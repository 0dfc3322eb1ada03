package dev.millrace.compose.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * All children of this process. Closing it stops them in reverse order of their start, and after
 * that none can be started. Safe for use by several threads.
 */
public final class Supervisor implements AutoCloseable {
    /** A child that dies so often before it is ready does not do so by accident. */
    private static final int DEATHS_BEFORE_READY = 5;

    private final Path logs;
    private final ChildRecords records;
    private final Consumer<String> announcements;
    private final List<SupervisedChild> children = new ArrayList<>();
    private final List<ChildProcess> tasks = new ArrayList<>();
    private final ScheduledExecutorService restarts = thread("restarts");
    /** Apart from the restarts: a check may take minutes. */
    private final ScheduledExecutorService checks = thread("checks");

    private volatile boolean closing;

    /**
     * @param logs existing directory for {@code NAME.log}
     * @param records where the children are recorded, in existing directories
     * @param announcements receives a line for each death and each end; called from any thread
     */
    public Supervisor(Path logs, ChildRecords records, Consumer<String> announcements) {
        this.logs = logs;
        this.records = records;
        this.announcements = announcements;
    }

    /**
     * Starts a child and keeps it running.
     *
     * @throws CancellationException if this supervisor is closing
     */
    public SupervisedChild keepRunning(ChildCommand command) {
        synchronized (children) {
            refuseWhenClosing();
            SupervisedChild child = new SupervisedChild(command, log(command), records, restarts, announcements);
            children.add(child);
            child.start();
            return child;
        }
    }

    /**
     * Waits until a child is ready.
     *
     * @throws NotReadyException if it died too often or the time is up
     * @throws CancellationException if this supervisor is closing
     */
    public void awaitReady(SupervisedChild child, Readiness readiness, Duration limit) {
        boolean ready = Waiting.until(
                () -> {
                    refuseWhenClosing();
                    if (child.deaths() >= DEATHS_BEFORE_READY) {
                        throw new NotReadyException(child.name() + " does not start; " + child.lastWords());
                    }
                    return readiness.isReady();
                },
                limit);
        if (!ready) {
            throw new NotReadyException(
                    child.name() + " was not ready after " + limit.toSeconds() + " s; " + child.lastWords());
        }
    }

    /**
     * Runs a child to its end.
     *
     * @throws NotReadyException if it ended with another exit code than 0
     * @throws CancellationException if this supervisor is closing
     */
    public void runToEnd(ChildCommand command) {
        LogTail tail = LogTail.ofWhatComes(log(command));
        ChildProcess task;
        synchronized (children) {
            refuseWhenClosing();
            task = ChildProcess.start(command, log(command), records);
            tasks.add(task);
        }
        try {
            int exitCode = task.ended().join();
            refuseWhenClosing();
            if (exitCode != 0) {
                throw new NotReadyException(
                        command.name() + " failed with exit code " + exitCode + "; " + tail.describe());
            }
        } finally {
            synchronized (children) {
                tasks.remove(task);
            }
        }
    }

    /**
     * Does something again and again until this supervisor closes, which interrupts it.
     *
     * @param pause between its end and its next begin
     */
    public void repeat(Runnable check, Duration pause) {
        synchronized (children) {
            refuseWhenClosing();
            checks.scheduleWithFixedDelay(check, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Stops all children, the last one first, and waits for their ends. May be called again, also
     * while it runs: each call returns when all is over.
     */
    @Override
    public synchronized void close() {
        List<SupervisedChild> toStop;
        synchronized (children) {
            closing = true;
            toStop = new ArrayList<>(children);
            children.clear();
            tasks.forEach(ChildProcess::stop);
        }
        checks.shutdownNow();
        for (int last = toStop.size() - 1; last >= 0; last--) {
            long start = System.nanoTime();
            toStop.get(last).stop();
            announcements.accept(
                    "%s stopped after %.1f s".formatted(toStop.get(last).name(), (System.nanoTime() - start) / 1e9));
        }
        restarts.shutdownNow();
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    private void refuseWhenClosing() {
        if (closing) {
            throw new CancellationException("stopping");
        }
    }

    private Path log(ChildCommand command) {
        return logs.resolve(command.name() + ".log");
    }
}

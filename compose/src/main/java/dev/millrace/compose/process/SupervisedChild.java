package dev.millrace.compose.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A child that is started again when it dies, with a growing pause, until it is told to stop. Safe
 * for use by several threads.
 */
public final class SupervisedChild {
    private final ChildCommand command;
    private final Path log;
    private final ChildRecords records;
    private final ScheduledExecutorService restarts;
    private final Consumer<String> announcements;
    private final Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(10));
    private final LogTail tail;

    private @Nullable ChildProcess process;
    private long startedNanos;
    private int deaths;
    private boolean held;
    private boolean stopping;

    SupervisedChild(
            ChildCommand command,
            Path log,
            ChildRecords records,
            ScheduledExecutorService restarts,
            Consumer<String> announcements) {
        this.command = command;
        this.log = log;
        this.records = records;
        this.restarts = restarts;
        this.announcements = announcements;
        this.tail = LogTail.ofWhatComes(log);
    }

    /** The name of its command. */
    public String name() {
        return command.name();
    }

    /** Starts it unless it runs, is held or was told to stop. */
    synchronized void start() {
        if (stopping || held || isRunning()) {
            return;
        }
        ChildProcess started = ChildProcess.start(command, log, records);
        process = started;
        startedNanos = System.nanoTime();
        started.ended().thenAcceptAsync(exitCode -> onDeath(started, exitCode), restarts);
    }

    /** How long ago it was started last. */
    public synchronized Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /** How often it has died by itself. */
    synchronized int deaths() {
        return deaths;
    }

    /** Stops it, waits for its end, and keeps it stopped until it is released. May be called again. */
    public void hold() {
        ChildProcess last;
        synchronized (this) {
            held = true;
            last = process;
        }
        if (last != null) {
            last.stop();
        }
    }

    /** Starts it again after {@link #hold()}; where that fails, it is tried again until it works. */
    public synchronized void release() {
        held = false;
        startAgain();
    }

    /** Stops it for good and waits for its end. */
    void stop() {
        synchronized (this) {
            stopping = true;
        }
        hold();
    }

    /** What it wrote last, for a message. */
    String lastWords() {
        return tail.describe();
    }

    private synchronized void onDeath(ChildProcess dead, int exitCode) {
        if (stopping || held || dead != process) {
            return;
        }
        deaths++;
        Duration life = age();
        Duration pause = backoff.afterLifeOf(life);
        announcements.accept(
                "%s ended by itself after %.1f s with exit code %d, starting it again in %.1f s; its log is %s"
                        .formatted(name(), life.toMillis() / 1000.0, exitCode, pause.toMillis() / 1000.0, log));
        restarts.schedule(this::startAgain, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void startAgain() {
        if (stopping || held || isRunning()) {
            return;
        }
        try {
            endDescendants();
            start();
        } catch (RuntimeException failure) {
            // For example no memory or no process left: try again, this may pass.
            announcements.accept(name() + " could not be started: " + failure.getMessage());
            restarts.schedule(this::startAgain, 5, TimeUnit.SECONDS);
        }
    }

    private boolean isRunning() {
        return process != null && process.isRunning();
    }

    /** A server that was killed leaves processes which keep a new one from starting. */
    private void endDescendants() {
        int ended = process == null ? 0 : process.endDescendants();
        if (ended > 0) {
            announcements.accept("ended what " + name() + " had left, processes: " + ended);
        }
    }
}

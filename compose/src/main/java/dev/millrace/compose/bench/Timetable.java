package dev.millrace.compose.bench;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does something at fixed times, on a thread of its own, the first time at once. A step that takes longer than
 * the period delays the next ones and moves none: what is overdue is done at once. Thread-safe.
 */
final class Timetable implements Companion, AutoCloseable {
    private final long periodNanos;
    private final Step step;
    private final Thread thread;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long beginNanos;
    private volatile long endNanos;
    private volatile @Nullable Exception failure;

    /** What is done; called by one thread. */
    interface Step {
        /** @param dueNanos when it was due, by {@link System#nanoTime} */
        void take(long dueNanos) throws SQLException;

        /** It was due before the end, and nobody had come to it by then. */
        default void miss(long dueNanos) {}
    }

    /** Waits for its beginning. */
    Timetable(String name, Duration period, Step step) {
        periodNanos = period.toNanos();
        this.step = step;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void begin() {
        beginNanos = System.nanoTime();
        begun.countDown();
    }

    @Override
    public void end() {
        endNanos = System.nanoTime();
        ended.countDown();
    }

    /**
     * Returns when the last step has been taken, after the end.
     *
     * @throws Exception what a step threw, which was the last one then
     */
    void finish() throws Exception {
        join();
        Exception broken = failure;
        if (broken != null) {
            throw broken;
        }
    }

    /** Ends it, if that has not happened; returns when no step is being taken any more. */
    @Override
    public void close() {
        if (ended.getCount() > 0) {
            thread.interrupt();
        }
        join();
    }

    private void join() {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            begun.await();
            long due = beginNanos;
            do {
                step.take(due);
                due += periodNanos;
            } while (!ended.await(due - System.nanoTime(), TimeUnit.NANOSECONDS));
            missTheRest(due);
        } catch (SQLException | RuntimeException broken) {
            failure = broken;
        } catch (InterruptedException abandoned) {
            Thread.currentThread().interrupt();
        }
    }

    private void missTheRest(long next) {
        for (long due = next; due - endNanos < 0; due += periodNanos) {
            step.miss(due);
        }
    }
}

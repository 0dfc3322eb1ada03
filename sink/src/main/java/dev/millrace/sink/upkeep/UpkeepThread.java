package dev.millrace.sink.upkeep;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats a step, later each time while the database does not do it. {@link #close} is for any thread. */
final class UpkeepThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UpkeepThread.class);
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

    /** How long a step may take to its end before it is broken off, and then to notice. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    /** A piece of work that can be begun anew at any moment. */
    interface Step {
        /** Does what is due and says how long to wait for the next time. */
        Duration run() throws SQLException;

        /** Closes the session. Also called by another thread, to break off {@link #run}. */
        void letGo();
    }

    private final Step step;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private Duration backoff = FIRST_BACKOFF;
    private boolean failing;

    private UpkeepThread(String name, Step step) {
        this.step = step;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Starts one. */
    static UpkeepThread start(String name, Step step) {
        UpkeepThread started = new UpkeepThread(name, step);
        started.thread.start();
        return started;
    }

    /** Breaks off what takes longer; it is done again by the next leader. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(STOP_LIMIT.toMillis());
            step.letGo();
            thread.join(STOP_LIMIT.toMillis());
        } catch (InterruptedException interrupted) {
            step.letGo();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            Duration wait = Duration.ZERO;
            while (!closed.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                wait = survivingStep();
            }
        } catch (InterruptedException unexpected) {
            LOG.error("upkeep was interrupted and stops: thread={}", thread.getName(), unexpected);
        } finally {
            step.letGo();
        }
    }

    private Duration survivingStep() {
        try {
            Duration wait = step.run();
            if (failing) {
                LOG.info("upkeep goes on: thread={}", thread.getName());
            }
            failing = false;
            backoff = FIRST_BACKOFF;
            return wait;
        } catch (SQLException failure) {
            step.letGo();
            if (!failing && closed.getCount() > 0) {
                LOG.warn(
                        "upkeep failed, will try again: thread={} sqlState={}",
                        thread.getName(),
                        failure.getSQLState(),
                        failure);
            }
            return postponed();
        } catch (RuntimeException mistake) {
            step.letGo();
            LOG.error("upkeep failed, will try again: thread={}", thread.getName(), mistake);
            return postponed();
        }
    }

    private Duration postponed() {
        failing = true;
        Duration wait = backoff;
        Duration twice = backoff.multipliedBy(2);
        backoff = twice.compareTo(LONGEST_BACKOFF) < 0 ? twice : LONGEST_BACKOFF;
        return wait;
    }
}

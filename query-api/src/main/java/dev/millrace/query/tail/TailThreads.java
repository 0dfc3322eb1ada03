package dev.millrace.query.tail;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads behind the streams, and with them the most connections these can hold: one each but the pulse. */
final class TailThreads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TailThreads.class);

    /** Readers of the past: a few of them keep a replica busy. */
    private static final int READERS = 2;

    private static final Duration LONGEST_PULSE = Duration.ofSeconds(1);

    private final Thread tailer;
    private final ScheduledExecutorService readers = pool("stream-reader", READERS);
    private final ScheduledExecutorService pulse = pool("stream-pulse", 1);
    private volatile boolean stopping;

    TailThreads(Tailer tailer, StreamLimits limits, Runnable beat) {
        this.tailer = new Thread(() -> follow(tailer), "stream-tailer");
        this.tailer.setDaemon(true);
        this.tailer.start();
        long shortest = Math.min(limits.heartbeat().toMillis(), limits.stall().toMillis());
        long period = Math.max(10, Math.min(LONGEST_PULSE.toMillis(), shortest / 4));
        pulse.scheduleWithFixedDelay(() -> guarded(beat), period, period, TimeUnit.MILLISECONDS);
    }

    ScheduledExecutorService readers() {
        return readers;
    }

    private void follow(Tailer each) {
        try {
            while (!stopping) {
                each.runOnce();
            }
        } catch (InterruptedException asked) {
            LOG.debug("tailer stops");
        }
    }

    /** An exception would end the pulse for ever. */
    private static void guarded(Runnable beat) {
        try {
            beat.run();
        } catch (RuntimeException broken) {
            LOG.error("a beat was missed", broken);
        }
    }

    private static ScheduledExecutorService pool(String name, int threads) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory daemons = task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(threads, daemons);
        pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return pool;
    }

    /** Returns when none of them uses a connection any more, or after a second. */
    @Override
    public void close() {
        stopping = true;
        tailer.interrupt();
        readers.shutdownNow();
        pulse.shutdownNow();
        try {
            tailer.join(1_000);
            readers.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}

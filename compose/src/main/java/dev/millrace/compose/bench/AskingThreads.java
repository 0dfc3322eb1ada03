package dev.millrace.compose.bench;

import dev.millrace.ingest.library.LibraryEvents;
import dev.millrace.ingest.load.Latency;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Asks for a while, over several connections: at a steady rate, where each answer is timed from the moment at
 * which its question was due, or as fast as the answers come. Every book alike, though some are wanted far more
 * often: most have few loans.
 */
final class AskingThreads {
    /** As fast as the answers come. */
    static final int UNLIMITED = 0;

    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final int DIGITS = 3;

    private final List<? extends Asker> askers;
    private final LibraryEvents library;
    private final int perSecond;
    private final CountDownLatch stop;
    private final Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong events = new AtomicLong();

    /**
     * @param askers one for each thread
     * @param library whose books are asked for
     * @param perSecond questions of all threads together, or {@link #UNLIMITED}
     */
    AskingThreads(List<? extends Asker> askers, LibraryEvents library, int perSecond, CountDownLatch stop) {
        this.askers = askers;
        this.library = library;
        this.perSecond = perSecond;
        this.stop = stop;
    }

    /**
     * What came of it.
     *
     * @param questions how many were answered
     * @param events in the answers
     */
    record Answers(long questions, long events, double perSecond, Latency latency) {}

    /** @throws CancellationException if it was stopped */
    Answers ask(Duration duration) throws Exception {
        long begin = System.nanoTime();
        long end = begin + duration.toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(askers.size());
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int index = 0; index < askers.size(); index++) {
                Asker asker = askers.get(index);
                SplittableRandom random = new SplittableRandom(index);
                work.add(threads.submit(() -> {
                    askUntil(asker, random, begin, end);
                    return null;
                }));
            }
            for (Future<?> thread : work) {
                thread.get();
            }
        } finally {
            threads.shutdownNow();
        }
        if (stop.getCount() == 0) {
            throw new CancellationException("stopped");
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Answers(micros.getTotalCount(), events.get(), micros.getTotalCount() / seconds, Latency.of(micros));
    }

    private void askUntil(Asker asker, SplittableRandom random, long begin, long end)
            throws IOException, SQLException, InterruptedException {
        while (stop.getCount() > 0) {
            long due = perSecond == UNLIMITED
                    ? System.nanoTime()
                    : begin + asked.getAndIncrement() * TimeUnit.SECONDS.toNanos(1) / perSecond;
            if (due - end >= 0 || stop.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return;
            }
            events.addAndGet(asker.ask(library.bookId(random.nextInt(LibraryEvents.BOOKS))));
            micros.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - due) / 1_000));
        }
    }
}

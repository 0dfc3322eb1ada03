package dev.millrace.sink.loop;

import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.metrics.SinkMetrics;
import dev.millrace.sink.write.BatchWriter;
import dev.millrace.sink.write.Gap;
import dev.millrace.sink.write.KnownTimelines;
import dev.millrace.sink.write.StoredOffset;
import dev.millrace.sink.write.WriteOutcome;
import dev.millrace.sink.write.WriteOutcome.Written;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The thread that waits for the database, so that the one that polls never does. It does one thing
 * after the other, and wakes the poll when something is done. Thread-safe.
 */
public final class WriterThread implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final BatchWriter writer;
    private final SinkMetrics metrics;
    private final Rewinds rewinds;
    private final Ticker ticker;
    private final Runnable wakeup;
    private final ExecutorService executor;

    /**
     * @param name of the thread
     * @param writer used by this thread alone; closed with it
     * @param wakeup called after each task, in this thread
     */
    public WriterThread(String name, BatchWriter writer, SinkMetrics metrics, Ticker ticker, Runnable wakeup) {
        this(Executors.newSingleThreadExecutor(task -> new Thread(task, name)), writer, metrics, ticker, wakeup);
    }

    /** @param executor does one task after the other; shut down with this */
    WriterThread(ExecutorService executor, BatchWriter writer, SinkMetrics metrics, Ticker ticker, Runnable wakeup) {
        this.executor = executor;
        this.writer = writer;
        this.metrics = metrics;
        rewinds = new Rewinds(metrics);
        this.ticker = ticker;
        this.wakeup = wakeup;
    }

    /** As {@link BatchWriter#storedOffsets}, after everything that was handed over before. */
    CompletableFuture<List<StoredOffset>> storedOffsets(List<Integer> partitions) {
        return submit(() -> {
            List<StoredOffset> stored = writer.storedOffsets(partitions);
            rewinds.compare(stored);
            return stored;
        });
    }

    SinkMetrics metrics() {
        return metrics;
    }

    /** What the writer knows of its servers. */
    KnownTimelines timelines() {
        return writer.timelines();
    }

    /** As {@link BatchWriter#passGaps}, after everything that was handed over before. */
    CompletableFuture<List<StoredOffset>> passGaps(List<Gap> gaps) {
        return submit(() -> writer.passGaps(gaps));
    }

    /** As {@link BatchWriter#acceptGaps}, after everything that was handed over before. */
    CompletableFuture<List<Gap>> acceptGaps() {
        return submit(writer::acceptGaps);
    }

    /** As {@link BatchWriter#write}, after everything that was handed over before. */
    CompletableFuture<WriteOutcome> write(Batch batch) {
        return submit(() -> {
            long begin = ticker.nanoTime();
            WriteOutcome outcome = writer.write(batch);
            if (outcome instanceof Written written) {
                metrics.written(batch, written, ticker.nanoTime() - begin);
                rewinds.confirm(batch.ranges());
            }
            return outcome;
        });
    }

    /** Lets the running task end, within ten seconds. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
        writer.close();
    }

    private <T> CompletableFuture<T> submit(Supplier<T> task) {
        CompletableFuture<T> result = CompletableFuture.supplyAsync(task, executor);
        result.whenComplete((done, failure) -> wakeup.run());
        return result;
    }
}

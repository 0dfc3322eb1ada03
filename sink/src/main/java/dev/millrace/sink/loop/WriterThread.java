package dev.millrace.sink.loop;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The thread that waits for the database, so that the one that polls never does. It does one thing
 * after the other, and wakes the poll when something is done. Thread-safe.
 */
final class WriterThread implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final ExecutorService executor;
    private final Runnable wakeup;

    /**
     * @param wakeup called after each task, in this thread
     */
    WriterThread(String name, Runnable wakeup) {
        executor = Executors.newSingleThreadExecutor(task -> new Thread(task, name));
        this.wakeup = wakeup;
    }

    <T> CompletableFuture<T> submit(Supplier<T> task) {
        CompletableFuture<T> result = CompletableFuture.supplyAsync(task, executor);
        result.whenComplete((done, failure) -> wakeup.run());
        return result;
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
    }
}

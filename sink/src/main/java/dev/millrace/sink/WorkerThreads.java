package dev.millrace.sink;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Runs loops side by side, each in a thread of its own, for as long as all of them work: the end of one
 * is the end of all. Thread-safe.
 */
final class WorkerThreads {
    private final List<Loop> loops;
    private final CompletableFuture<Void> firstFailure = new CompletableFuture<>();
    private final CompletableFuture<Void> allEnded;

    /** Starts them. */
    WorkerThreads(List<Loop> loops) {
        this.loops = loops;
        CompletableFuture<?>[] ends = loops.stream().map(this::start).toArray(CompletableFuture[]::new);
        allEnded = CompletableFuture.allOf(ends);
    }

    /**
     * Waits until all have ended, or one has failed; then the others are ending.
     *
     * @throws IllegalStateException if one failed; the message says why
     */
    void awaitEnd() throws InterruptedException {
        try {
            CompletableFuture.anyOf(firstFailure, allEnded).get();
        } catch (ExecutionException failure) {
            Throwable cause = failure;
            while (cause.getCause() != null
                    && (cause instanceof ExecutionException || cause instanceof CompletionException)) {
                cause = cause.getCause();
            }
            throw new IllegalStateException("the sink stopped: " + cause.getMessage(), cause);
        }
    }

    /** Tells all to stop, then waits until they have. */
    void stop() {
        loops.forEach(loop -> loop.stop().run());
        allEnded.handle((done, failure) -> null).join();
    }

    private CompletableFuture<Void> start(Loop loop) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        new Thread(() -> work(loop, end), loop.name()).start();
        return end;
    }

    private void work(Loop loop, CompletableFuture<Void> end) {
        try {
            loop.work().run();
            end.complete(null);
        } catch (RuntimeException | Error failure) {
            // First, so that who waits hears this one, not what the others may say when they are stopped.
            firstFailure.completeExceptionally(failure);
            end.completeExceptionally(failure);
            loops.forEach(other -> other.stop().run());
        }
    }

    /**
     * One of them.
     *
     * @param name of its thread
     * @param work returns when it was told to stop
     * @param stop tells it, also before it has begun and after it has ended; returns at once
     */
    record Loop(String name, Runnable work, Runnable stop) {}
}

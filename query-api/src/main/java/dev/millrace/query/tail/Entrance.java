package dev.millrace.query.tail;

import dev.millrace.query.read.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Lets clients in, as many at a time as there are readers: to begin a stream reads from the replica, and
 * after an interruption everybody comes back at once. Thread-safe.
 */
final class Entrance implements AutoCloseable {
    /** By then a client had better come again than find its time-out over. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Executor readers;
    private final Ticker ticker;
    private final Set<CompletableFuture<Opening>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Entrance(Executor readers, Ticker ticker) {
        this.readers = readers;
        this.ticker = ticker;
    }

    /**
     * Begins a stream when its turn comes.
     *
     * @param begin what it throws, the result is completed with; not called if it is too late for it
     */
    CompletableFuture<Opening> admit(Supplier<Opening> begin) {
        CompletableFuture<Opening> opening = new CompletableFuture<>();
        waiting.add(opening);
        long came = ticker.nanoTime();
        readers.execute(() -> begin(opening, came, begin));
        if (closed) {
            refuseAll();
        }
        return opening;
    }

    private void begin(CompletableFuture<Opening> opening, long came, Supplier<Opening> begin) {
        try {
            boolean late = ticker.nanoTime() - came > LONGEST_WAIT.toNanos();
            opening.complete(late ? new Opening.Refused("too many streams begin at the same time") : begin.get());
        } catch (RuntimeException failure) {
            opening.completeExceptionally(failure);
        } finally {
            waiting.remove(opening);
        }
    }

    /** Refuses those who wait, and whoever comes later. */
    @Override
    public void close() {
        closed = true;
        refuseAll();
    }

    private void refuseAll() {
        waiting.forEach(opening -> opening.complete(new Opening.Refused("the service stops")));
        waiting.removeIf(CompletableFuture::isDone);
    }
}

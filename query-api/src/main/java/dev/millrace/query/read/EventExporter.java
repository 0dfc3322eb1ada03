package dev.millrace.query.read;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Begins exports, so many at a time: each needs a thread and, while it reads, one of the connections to
 * the replica. Thread-safe.
 */
public final class EventExporter implements AutoCloseable {
    private final Replica replica;
    private final Ticker ticker;
    private final Semaphore places;
    private final ExecutorService threads;

    /** @param most exports at a time */
    public EventExporter(Replica replica, Ticker ticker, int most) {
        this.replica = replica;
        this.ticker = ticker;
        this.places = new Semaphore(most);
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(most, task -> {
            Thread thread = new Thread(task, "export-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Fixes the bound of an export.
     *
     * @return to be closed; empty when as many as may be are under way
     * @throws ReadException if the replica gave no answer
     */
    public Optional<EventExport> begin(EventFilter filter) {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new EventExport(replica, ticker, threads, filter, places::release));
        } catch (RuntimeException failure) {
            places.release();
            throw failure;
        }
    }

    /** Ends every export. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}

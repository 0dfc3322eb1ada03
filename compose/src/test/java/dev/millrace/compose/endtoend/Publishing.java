package dev.millrace.compose.endtoend;

import dev.millrace.ingest.publish.EventPublisher;
import dev.millrace.ingest.publish.OutgoingEvent;
import dev.millrace.ingest.publish.PublisherConfig;
import dev.millrace.ingest.publish.Receipt;
import dev.millrace.schemas.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Publishes a few hundred events a second in the background, whatever happens to the stack. */
final class Publishing implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final int FEWEST = 100;

    private final EventPublisher publisher;
    private final List<CompletableFuture<Receipt>> receipts = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> running;
    private volatile boolean ending;

    Publishing(String bootstrapServers) {
        publisher = new EventPublisher(PublisherConfig.defaults().withBootstrapServers(bootstrapServers));
        running = CompletableFuture.runAsync(this::run);
    }

    /** The receipt of an event that is published after this call. */
    Receipt next() throws Exception {
        CompletableFuture<Receipt> next = publisher.publish(event());
        receipts.add(next);
        return next.get(2, TimeUnit.MINUTES);
    }

    /** Stops publishing; the ids of all events, each of them acknowledged. */
    List<String> end() {
        while (receipts.size() < FEWEST) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        ending = true;
        running.join();
        return receipts.stream()
                .map(CompletableFuture::join)
                .map(receipt -> receipt.eventId().toString())
                .toList();
    }

    @Override
    public void close() {
        ending = true;
        running.join();
        publisher.close();
    }

    private void run() {
        while (!ending) {
            receipts.add(publisher.publish(event()));
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static OutgoingEvent event() {
        return new OutgoingEvent(null, new Event(UUID.randomUUID(), "life", Instant.now(), "{\"n\":1}", "{}"));
    }
}

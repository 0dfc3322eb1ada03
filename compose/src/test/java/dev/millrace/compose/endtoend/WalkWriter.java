package dev.millrace.compose.endtoend;

import dev.millrace.ingest.publish.EventPublisher;
import dev.millrace.ingest.publish.PublisherConfig;
import dev.millrace.ingest.publish.Receipt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Publishes a trial's events at a rate, in small bursts. Thread-safe. */
final class WalkWriter implements AutoCloseable {
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long STEPS_PER_SECOND = TimeUnit.SECONDS.toNanos(1) / STEP_NANOS;

    private final WalkTrial trial;
    private final int perStep;
    private final EventPublisher publisher;
    private final AtomicInteger numbers = new AtomicInteger();
    private final CompletableFuture<Void> running;
    private volatile boolean ending;
    private volatile Throwable failure;

    /** What was published: an event of the trial, and where it is. */
    record Written(WalkEvent event, Receipt receipt) {}

    WalkWriter(WalkTrial trial, String bootstrapServers, int perSecond) {
        this.trial = trial;
        perStep = (int) (perSecond / STEPS_PER_SECOND);
        publisher = new EventPublisher(PublisherConfig.defaults().withBootstrapServers(bootstrapServers));
        running = CompletableFuture.runAsync(this::run, task -> new Thread(task, "walk-writer").start());
    }

    /** One event more, by now acknowledged. */
    Written publish() throws Exception {
        WalkEvent event = WalkEvent.of(trial.seed(), numbers.getAndIncrement());
        return new Written(event, send(event).get(1, TimeUnit.MINUTES));
    }

    /** Stops the stream; single events can still be published. */
    void stop() {
        ending = true;
        running.join();
    }

    /** Stops; returns how many were published, each of them acknowledged. */
    int end() {
        close();
        if (failure != null) {
            throw new AssertionError("an event was not acknowledged", failure);
        }
        return numbers.get();
    }

    @Override
    public void close() {
        stop();
        publisher.close();
    }

    private void run() {
        long due = System.nanoTime();
        while (!ending) {
            for (int event = 0; event < perStep; event++) {
                send(WalkEvent.of(trial.seed(), numbers.getAndIncrement()));
            }
            due += STEP_NANOS;
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    private CompletableFuture<Receipt> send(WalkEvent event) {
        return publisher.publish(event.outgoing()).whenComplete((receipt, refused) -> {
            if (refused == null) {
                trial.acknowledge(receipt.position(), event.number());
            } else {
                failure = refused;
            }
        });
    }
}

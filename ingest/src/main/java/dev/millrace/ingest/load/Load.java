package dev.millrace.ingest.load;

import dev.millrace.ingest.publish.EventPublisher;
import dev.millrace.ingest.publish.OutgoingEvent;
import dev.millrace.ingest.publish.Receipt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One load. One thread runs it, once; any other may stop it. */
public final class Load {
    /** Who waits for Kafka longer than this after a stop is woken. */
    private static final long PATIENCE_SECONDS = 5;

    private final LoadPlan plan;
    private final Supplier<OutgoingEvent> events;
    private final LongConsumer progress;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch sent = new CountDownLatch(1);
    private @Nullable Thread sender;

    /** Sends an event; what it returns is completed by its answer. */
    interface Sending {
        CompletableFuture<?> send(OutgoingEvent event);
    }

    /** Waits for the outstanding answers. */
    interface Closing extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * @param events asked by the running thread alone
     * @param progress called by the running thread with the number of events sent so far, after each
     */
    public Load(LoadPlan plan, Supplier<OutgoingEvent> events, LongConsumer progress) {
        this.plan = plan;
        this.events = events;
        this.progress = progress;
    }

    /**
     * Sends what is planned and waits for the answers. What is overdue is sent at once: the schedule
     * waits for nobody.
     *
     * @param publisher nobody else's; is closed, which ends the wait for answers after 20 seconds
     */
    public LoadReport run(EventPublisher publisher) {
        return run(publisher, receipt -> {});
    }

    /**
     * The same, and tells of each acknowledgement as soon as it is there.
     *
     * @param acknowledged called once for each acknowledged event, on Kafka's thread or on the running
     *     one, all before this returns; must not block. An event for which it throws counts as failed
     */
    public LoadReport run(EventPublisher publisher, Consumer<Receipt> acknowledged) {
        return run(
                event -> publisher.publish(event).thenApply(receipt -> {
                    acknowledged.accept(receipt);
                    return receipt;
                }),
                publisher::close);
    }

    /** For tests: with another way to send. */
    LoadReport run(Sending sending, Closing closing) {
        Acknowledgements answers = new Acknowledgements();
        long behind;
        long begin = System.nanoTime();
        try (closing) {
            become(Thread.currentThread());
            try {
                behind = send(sending, answers, begin);
            } finally {
                become(null);
                sent.countDown();
            }
        }
        return answers.report(begin, behind);
    }

    /** Sends nothing more; returns when nothing more is sent. The answers are still waited for. */
    public void stop() throws InterruptedException {
        stop.countDown();
        if (!sent.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            wake();
        }
    }

    private synchronized void wake() {
        if (sender != null) {
            sender.interrupt();
        }
    }

    /** A wake that came late must not take the wait for the answers away. */
    private synchronized void become(@Nullable Thread next) {
        if (next == null && stop.getCount() == 0) {
            Thread.interrupted();
        }
        sender = next;
    }

    /** The longest that an event was handed over after it was due, in nanoseconds. */
    private long send(Sending sending, Acknowledgements answers, long begin) {
        long end = plan.length().toNanos();
        long behind = 0;
        for (long index = 0; index < plan.events(); index++) {
            OutgoingEvent next = events.get();
            long now = System.nanoTime() - begin;
            long due = plan.isPaced() ? plan.dueNanos(index) : now;
            if (due >= end || isStoppedBefore(due - now)) {
                return behind;
            }
            if (plan.isPaced()) {
                behind = Math.max(behind, System.nanoTime() - begin - due);
            }
            sending.send(next)
                    .whenComplete(
                            (receipt, failure) -> answers.answered(failure == null, begin + due, System.nanoTime()));
            progress.accept(index + 1);
        }
        return behind;
    }

    private boolean isStoppedBefore(long pauseNanos) {
        try {
            return pauseNanos > 0 ? stop.await(pauseNanos, TimeUnit.NANOSECONDS) : stop.getCount() == 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}

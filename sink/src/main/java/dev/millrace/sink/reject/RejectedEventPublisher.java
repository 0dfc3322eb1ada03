package dev.millrace.sink.reject;

import dev.millrace.schemas.Topic;
import dev.millrace.sink.loop.Ticker;
import dev.millrace.sink.metrics.RejectedEventMetrics;
import dev.millrace.sink.reject.Publication.Acknowledged;
import dev.millrace.sink.reject.Publication.Failed;
import dev.millrace.sink.reject.Publication.Refused;
import dev.millrace.sink.reject.RejectedEvent.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the rejected events of the table and marks what Kafka has acknowledged. A process that dies
 * between the two leaves an event that is published again; readers know it by its origin. While Kafka
 * or the topic is away, the events wait in the table. {@link #close} is for any thread.
 */
public final class RejectedEventPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RejectedEventPublisher.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private enum State {
        WELL,
        WITHOUT_DATABASE,
        WITHOUT_TOPIC
    }

    private final Outbox outbox;
    private final DeadLetters topic;
    private final RejectedEventMetrics metrics;
    private final Ticker ticker;
    private final Pacing pacing;
    private final Refusals refusals;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /** Kept when marking failed, so that only a death publishes twice. */
    private List<Place> unmarked = List.of();

    private State state = State.WELL;
    private Duration backoff;
    private boolean leader;
    private long measureNanos;

    RejectedEventPublisher(
            String name, Outbox outbox, DeadLetters topic, RejectedEventMetrics metrics, Ticker ticker, Pacing pacing) {
        this.outbox = outbox;
        this.topic = topic;
        this.metrics = metrics;
        this.ticker = ticker;
        this.pacing = pacing;
        refusals = new Refusals(pacing, ticker);
        backoff = pacing.poll();
        measureNanos = ticker.nanoTime();
        thread = new Thread(this::run, name);
    }

    /**
     * Starts on a thread of its own. Succeeds whatever is down.
     *
     * @param name of the thread, the database session and the Kafka client
     * @param ownerUrl JDBC address of the primary with the owner's credentials
     * @param kafkaProperties settings of the Kafka clients, {@code bootstrap.servers} among them
     */
    public static RejectedEventPublisher start(
            String name,
            String ownerUrl,
            Map<String, String> kafkaProperties,
            RejectedEventMetrics metrics,
            Ticker ticker) {
        RejectedEventPublisher publisher = new RejectedEventPublisher(
                name,
                new RejectedEventTable(ownerUrl, "millrace-" + name),
                new DeadLetterTopic(Topic.REJECTED_EVENTS.topicName(), name, kafkaProperties),
                metrics,
                ticker,
                Pacing.DEFAULT);
        publisher.thread.start();
        return publisher;
    }

    /** Breaks off what is under way; it is done again by the next leader. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            thread.join(STOP_LIMIT.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            Duration wait = Duration.ZERO;
            while (!closed.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                wait = survivingStep();
            }
        } catch (InterruptedException stopped) {
            // The only one who interrupts is close.
        } finally {
            // A set flag would end the closing of Kafka's client half-way.
            Thread.interrupted();
            letGo();
        }
    }

    private Duration survivingStep() {
        try {
            return step();
        } catch (RuntimeException unexpected) {
            if (closed.getCount() > 0) {
                LOG.error("publishing of rejected events failed, will try again", unexpected);
                letGo();
            }
            return pacing.longestBackoff();
        }
    }

    /** Publishes a few events, or sees that there are none; says how long to wait for the next step. */
    Duration step() {
        try {
            noteLeadership(outbox.isLeader());
            measure();
            if (state == State.WITHOUT_DATABASE) {
                recovered();
            }
            return leader ? publish() : pacing.poll();
        } catch (OutboxException failure) {
            metrics.unknown();
            measureNanos = ticker.nanoTime();
            leader = false;
            return postpone(State.WITHOUT_DATABASE, failure.getMessage());
        }
    }

    /** Closes both sides; the next step begins anew. */
    void letGo() {
        topic.close();
        outbox.close();
    }

    private Duration publish() {
        mark();
        List<RejectedEvent> events = outbox.next();
        if (events.isEmpty()) {
            if (refusals.beginsAgain()) {
                outbox.rewind();
            }
            return pacing.poll();
        }
        List<Publication> publications = topic.publish(events);
        unmarked = publications.stream()
                .filter(Acknowledged.class::isInstance)
                .map(acknowledged -> acknowledged.event().place())
                .toList();
        mark();
        return settle(publications);
    }

    private Duration settle(List<Publication> publications) {
        List<Failed> failed = new ArrayList<>();
        for (Publication publication : publications) {
            if (publication instanceof Refused refused) {
                refusals.add(refused);
            } else if (publication instanceof Failed failure) {
                failed.add(failure);
            }
        }
        if (!failed.isEmpty()) {
            outbox.rewind();
            refusals.restart();
            return postpone(State.WITHOUT_TOPIC, failed.get(0).reason());
        }
        if (state == State.WITHOUT_TOPIC) {
            recovered();
        }
        backoff = pacing.poll();
        return Duration.ZERO;
    }

    private void mark() {
        if (!unmarked.isEmpty()) {
            outbox.markPublished(unmarked);
            unmarked = List.of();
        }
    }

    private void measure() {
        if (ticker.nanoTime() - measureNanos >= 0) {
            Outbox.Backlog backlog = outbox.backlog();
            metrics.waiting(backlog.events(), backlog.oldest());
            measureNanos = ticker.nanoTime() + pacing.measure().toNanos();
        }
    }

    private void noteLeadership(boolean now) {
        if (now && !leader) {
            LOG.info("publishes rejected events for all sinks of the database: thread={}", thread.getName());
            refusals.restart();
        }
        leader = now;
    }

    private void recovered() {
        LOG.info("publishing of rejected events goes on");
        state = State.WELL;
    }

    private Duration postpone(State reached, @Nullable String reason) {
        if (state != reached) {
            LOG.warn(
                    "rejected events wait in the table, will try again: missing={} reason={}",
                    reached == State.WITHOUT_TOPIC ? "topic" : "database",
                    reason);
            state = reached;
        }
        Duration wait = backoff;
        backoff = Pacing.doubled(backoff, pacing.longestBackoff());
        return wait;
    }
}

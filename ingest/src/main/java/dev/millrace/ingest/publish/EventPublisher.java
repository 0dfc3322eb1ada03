package dev.millrace.ingest.publish;

import dev.millrace.ingest.metrics.PublisherMetrics;
import dev.millrace.schemas.Topic;
import dev.millrace.schemas.event.EventCodec;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes events without waiting for Kafka, and gives each one a receipt of its own. Thread-safe;
 * events with one key that one thread publishes keep their order.
 */
public final class EventPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);
    private static final String TOPIC = Topic.EVENTS.topicName();

    /** Shorter than the half minute that process supervisors grant. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

    private final Producer<byte[], byte[]> producer;
    private final int maxInFlight;
    private final Semaphore free;
    private final PublisherMetrics metrics;
    private final ThreadLocal<EventCodec> codec = ThreadLocal.withInitial(EventCodec::new);
    private volatile boolean closed;

    /**
     * Starts a producer. It connects in the background: this succeeds while Kafka is down.
     *
     * @throws PublishException if Kafka's client does not accept the settings
     */
    public EventPublisher(PublisherConfig config) {
        this(config, new CompositeMeterRegistry());
    }

    /**
     * The same, measured.
     *
     * @param registry gets the timer {@code publish.ack}; stays open
     */
    public EventPublisher(PublisherConfig config, MeterRegistry registry) {
        this(producer(config), config.maxInFlight(), new PublisherMetrics(registry));
    }

    /** For tests: with a producer that this publisher closes. */
    EventPublisher(Producer<byte[], byte[]> producer, int maxInFlight) {
        this(producer, maxInFlight, new PublisherMetrics(new CompositeMeterRegistry()));
    }

    /** For tests: the same, measured. */
    EventPublisher(Producer<byte[], byte[]> producer, int maxInFlight, PublisherMetrics metrics) {
        this.metrics = metrics;
        this.producer = producer;
        this.maxInFlight = maxInFlight;
        // Fair, so that a waiting close is not overtaken for ever.
        this.free = new Semaphore(maxInFlight, true);
    }

    private static Producer<byte[], byte[]> producer(PublisherConfig config) {
        try {
            return new KafkaProducer<>(
                    ProducerProperties.of(config), new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException failure) {
            Throwable reason = failure.getCause() == null ? failure : failure.getCause();
            throw new PublishException(PublishException.Kind.NOT_SENT, "no Kafka producer", reason);
        }
    }

    /**
     * Hands an event to Kafka. Blocks while as many events as allowed are unacknowledged, and while
     * Kafka has not yet said which partitions the topic has.
     *
     * @return completed when Kafka has the event, or with a {@link PublishException}. What is chained
     *     to it runs on Kafka's thread and must not block; above all it must not publish
     * @throws dev.millrace.schemas.event.InvalidEventException if the event or its key is outside
     *     the limits; nothing was sent
     */
    public CompletableFuture<Receipt> publish(OutgoingEvent outgoing) {
        byte[] key = codec.get().encodeKey(outgoing.key());
        byte[] value = codec.get().encode(outgoing.event());
        UUID eventId = outgoing.event().eventId();
        try {
            free.acquire();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return notSent(eventId, "interrupted");
        }
        long begin = metrics.nanoTime();
        Delivery delivery = new Delivery(eventId, acknowledged -> {
            free.release();
            metrics.settled(acknowledged, begin);
        });
        if (closed) {
            delivery.fail(new IllegalStateException("the publisher is closed"));
            return delivery.receipt();
        }
        try {
            producer.send(new ProducerRecord<>(TOPIC, partition(key, eventId), key, value), delivery);
            delivery.handedOver();
        } catch (KafkaException | IllegalStateException failure) {
            delivery.fail(failure);
        }
        return delivery.receipt();
    }

    /**
     * Without a key the partition comes from the event id, so that an event that is sent twice meets
     * itself; with one, Kafka's partitioner hashes it in the same way.
     */
    private @Nullable Integer partition(byte @Nullable [] key, UUID eventId) {
        if (key != null) {
            return null;
        }
        byte[] hashed = eventId.toString().getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(hashed))
                % producer.partitionsFor(TOPIC).size();
    }

    private static CompletableFuture<Receipt> notSent(UUID eventId, String problem) {
        return CompletableFuture.failedFuture(
                new PublishException(PublishException.Kind.NOT_SENT, "event " + eventId + " was not sent: " + problem));
    }

    /** As {@link #close(Duration)}, with a limit of 20 seconds. */
    @Override
    public void close() {
        close(CLOSE_LIMIT);
    }

    /**
     * Takes no more events, waits for the outstanding acknowledgements, and lets go of Kafka. Not to
     * be called on Kafka's thread.
     *
     * @param limit how long to wait; events without an answer by then fail, their outcome unknown
     */
    public void close(Duration limit) {
        closed = true;
        Duration grace = Duration.ZERO;
        try {
            if (free.tryAcquire(maxInFlight, limit.toMillis(), TimeUnit.MILLISECONDS)) {
                free.release(maxInFlight);
                grace = limit;
            } else {
                LOG.warn(
                        "publisher closed without all acknowledgements: missing={} limitMs={}",
                        maxInFlight - free.availablePermits(),
                        limit.toMillis());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        producer.close(grace);
    }
}

package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.Position;
import dev.millrace.schemas.testing.EventBuilder;
import dev.millrace.schemas.testing.TestTopic;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends some 400 events a second to all partitions in turn, and knows which were acknowledged where. */
final class SteadyProducer implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final TestTopic topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<Position, UUID> acknowledged = new ConcurrentHashMap<>();
    private final Queue<Exception> refused = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> running;
    private volatile int partitions;
    private volatile boolean ending;

    SteadyProducer(TestTopic topic, int partitions) {
        this.topic = topic;
        this.partitions = partitions;
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        topic.bootstrapServers(),
                        "metadata.max.age.ms",
                        200,
                        // With more, the first batches for a partition that is just being made can come in the
                        // wrong order, and are refused until their two minutes are over (seen with 4.2.2).
                        "max.in.flight.requests.per.connection",
                        1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        running = CompletableFuture.runAsync(this::run);
    }

    /** From now on sends to so many partitions. */
    void sendTo(int morePartitions) {
        partitions = morePartitions;
    }

    /** Ends, and gives the ids of all events by their positions. */
    Map<Position, UUID> end() {
        ending = true;
        running.join();
        producer.flush();
        assertThat(refused).isEmpty();
        return acknowledged;
    }

    @Override
    public void close() {
        ending = true;
        running.handle((done, failure) -> null).join();
        producer.close();
    }

    private void run() {
        for (int number = 1; !ending; number++) {
            UUID id = EventBuilder.id(number);
            producer.send(
                    new ProducerRecord<>(
                            topic.name(),
                            number % partitions,
                            null,
                            EventBuilder.EVENT.withId(id).value()),
                    (metadata, failure) -> {
                        if (failure == null) {
                            acknowledged.put(new Position(metadata.partition(), metadata.offset()), id);
                        } else {
                            refused.add(failure);
                        }
                    });
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}

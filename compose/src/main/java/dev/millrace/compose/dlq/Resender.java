package dev.millrace.compose.dlq;

import dev.millrace.compose.dlq.DlqException.Kind;
import dev.millrace.schemas.Position;
import dev.millrace.schemas.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends rejected records to the topics they came from. Receipts and failures come in order. Not thread-safe. */
public final class Resender implements AutoCloseable {
    /** Each holds a record of up to 2 MiB. */
    private static final int MOST_IN_FLIGHT = 16;

    private final Producer<byte[], byte[]> producer;
    private final Consumer<RetryReceipt> receipts;
    private final BiConsumer<Retry, String> failures;
    private final Map<String, Integer> partitions = new HashMap<>();
    private final Deque<InFlight> inFlight = new ArrayDeque<>();

    /**
     * @param kafkaProperties settings of the Kafka clients, {@code bootstrap.servers} among them
     * @param limit how long Kafka is given for an answer
     * @param failures gets what was not sent, and why
     */
    public Resender(
            Map<String, String> kafkaProperties,
            Duration limit,
            Consumer<RetryReceipt> receipts,
            BiConsumer<Retry, String> failures) {
        this.receipts = receipts;
        this.failures = failures;
        try {
            producer = new KafkaProducer<>(
                    properties(kafkaProperties, limit), new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException failure) {
            throw new DlqException(Kind.UNAVAILABLE, "no Kafka producer: " + failure.getMessage(), failure);
        }
    }

    /** Sends one, and waits for the answer to an earlier one when many are under way. */
    public void send(Retry retry) {
        inFlight.add(new InFlight(retry, submit(retry)));
        if (inFlight.size() >= MOST_IN_FLIGHT) {
            settle(inFlight.remove());
        }
    }

    /** Waits for all answers. */
    public void finish() {
        while (!inFlight.isEmpty()) {
            settle(inFlight.remove());
        }
    }

    /** Breaks off what has no answer. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }

    private Future<RecordMetadata> submit(Retry retry) {
        Coordinate origin = retry.letter().origin();
        try {
            // Once a topic: a record for a partition that is not there would wait for it, each anew.
            int known = partitions.computeIfAbsent(origin.topic(), this::partitionCount);
            if (origin.partition() < known) {
                return producer.send(retry.record());
            }
            return CompletableFuture.failedFuture(
                    new KafkaException(known == 0 ? "there is no such topic" : "the topic has no such partition"));
        } catch (KafkaException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private int partitionCount(String topic) {
        try {
            return producer.partitionsFor(topic).size();
        } catch (KafkaException missing) {
            return 0;
        }
    }

    private void settle(InFlight oldest) {
        try {
            RecordMetadata answer = oldest.answer.get();
            receipts.accept(new RetryReceipt(oldest.retry, new Position(answer.partition(), answer.offset())));
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            failures.accept(oldest.retry, String.valueOf(cause.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DlqException(Kind.FAILED, "interrupted", interrupted);
        }
    }

    private static Map<String, Object> properties(Map<String, String> kafkaProperties, Duration limit) {
        String millis = Long.toString(limit.toMillis());
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(3 * limit.toMillis()));
        properties.putAll(kafkaProperties);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        // Two headers more than the record had, which may have been the largest there is: the broker decides.
        properties.put(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Topic.REJECTED_EVENTS.maxMessageBytes()));
        return properties;
    }

    private record InFlight(Retry retry, Future<RecordMetadata> answer) {}
}

package dev.millrace.sink.reject;

import dev.millrace.schemas.Topic;
import dev.millrace.sink.batch.RecordHeader;
import dev.millrace.sink.reject.Publication.Acknowledged;
import dev.millrace.sink.reject.Publication.Failed;
import dev.millrace.sink.reject.Publication.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * {@code events.dlq.v1} by way of a producer, which is made when there is something to publish and made
 * anew after a failure: what an old one believes of a topic that was made again is not worth keeping.
 * Not thread-safe.
 */
final class DeadLetterTopic implements DeadLetters {
    private static final String METADATA_LIMIT_MILLIS = "5000";
    private static final String REQUEST_LIMIT_MILLIS = "10000";
    private static final String DELIVERY_LIMIT_MILLIS = "20000";

    private final String topic;
    private final Map<String, Object> properties;
    private @Nullable Producer<byte[], byte[]> producer;

    /**
     * @param kafkaProperties settings of the Kafka clients, {@code bootstrap.servers} among them
     */
    DeadLetterTopic(String topic, String clientId, Map<String, String> kafkaProperties) {
        this.topic = topic;
        properties = new HashMap<>();
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, METADATA_LIMIT_MILLIS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_LIMIT_MILLIS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_LIMIT_MILLIS);
        // Nobody waits for these events, and the client logs each time that it finds no topic.
        properties.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, "1000");
        properties.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, "5000");
        properties.put(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Topic.REJECTED_EVENTS.maxMessageBytes()));
        properties.putAll(kafkaProperties);
        // Published means that no single broker can lose it.
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    }

    @Override
    public List<Publication> publish(List<RejectedEvent> events) {
        List<Future<RecordMetadata>> answers = new ArrayList<>();
        for (RejectedEvent event : events) {
            answers.add(send(event));
            if (isOutage(answers.get(answers.size() - 1))) {
                // Each of the others would wait as long for the same answer.
                break;
            }
        }
        List<Publication> publications = new ArrayList<>();
        for (int index = 0; index < events.size(); index++) {
            RejectedEvent event = events.get(index);
            publications.add(
                    index < answers.size() ? answer(event, answers.get(index)) : new Failed(event, "not tried"));
        }
        if (publications.stream().anyMatch(Failed.class::isInstance)) {
            close();
        }
        return publications;
    }

    /** Does not wait for what is under way: whoever closes has given up on it. */
    @Override
    public void close() {
        Producer<byte[], byte[]> old = producer;
        producer = null;
        if (old != null) {
            old.close(Duration.ZERO);
        }
    }

    private Future<RecordMetadata> send(RejectedEvent event) {
        try {
            if (producer == null) {
                producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
            }
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, event.key(), event.value());
            for (RecordHeader header : HeadersForPublishing.of(event)) {
                record.headers().add(header.name(), header.value());
            }
            return producer.send(record);
        } catch (InterruptException interrupted) {
            throw interrupted;
        } catch (KafkaException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private static boolean isOutage(Future<RecordMetadata> answer) {
        if (!answer.isDone()) {
            return false;
        }
        try {
            answer.get();
            return false;
        } catch (ExecutionException failure) {
            return !isRefusal(failure.getCause());
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    private static Publication answer(RejectedEvent event, Future<RecordMetadata> answer) {
        try {
            answer.get();
            return new Acknowledged(event);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            String reason = String.valueOf(cause.getMessage());
            return isRefusal(cause) ? new Refused(event, reason) : new Failed(event, reason);
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    /** What is said of one record; anything else is said of the broker or of the topic. */
    private static boolean isRefusal(@Nullable Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException
                || failure instanceof InvalidRecordException;
    }
}

package dev.millrace.compose.dlq;

import dev.millrace.compose.dlq.DlqException.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * What a topic holds at one moment, to be read as often as wanted, without a consumer group. Not
 * thread-safe.
 */
final class TopicReader implements AutoCloseable {
    private static final Duration STALL_LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;
    private final long records;

    /**
     * @param kafkaProperties settings of the Kafka clients, {@code bootstrap.servers} among them
     * @param limit how long Kafka is given to answer
     * @throws DlqException UNAVAILABLE if Kafka or the topic is not there
     */
    TopicReader(String topic, Map<String, String> kafkaProperties, Duration limit) {
        this.topic = topic;
        KafkaConsumer<byte[], byte[]> opened = null;
        try {
            opened = new KafkaConsumer<>(
                    properties(kafkaProperties, limit), new ByteArrayDeserializer(), new ByteArrayDeserializer());
            List<TopicPartition> partitions = opened.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new DlqException(Kind.UNAVAILABLE, "there is no topic " + topic);
            }
            ends = opened.endOffsets(partitions);
            Map<TopicPartition, Long> begins = opened.beginningOffsets(partitions);
            records = ends.entrySet().stream()
                    .mapToLong(end -> end.getValue() - begins.getOrDefault(end.getKey(), 0L))
                    .sum();
            opened.assign(partitions);
            consumer = opened;
        } catch (KafkaException failure) {
            close(opened);
            throw unavailable(topic, kafkaProperties, failure);
        } catch (DlqException missing) {
            close(opened);
            throw missing;
        }
    }

    /** How many records there are at most. */
    long records() {
        return records;
    }

    /**
     * Hands over every record from the beginning, until one is answered with false.
     *
     * @throws DlqException UNAVAILABLE if Kafka goes away
     */
    void read(Predicate<ConsumerRecord<byte[], byte[]>> receiver) {
        consumer.seekToBeginning(ends.keySet());
        long progress = System.nanoTime();
        while (!isAtEnd()) {
            ConsumerRecords<byte[], byte[]> found = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : found) {
                boolean isLater =
                        record.offset() >= ends.getOrDefault(new TopicPartition(topic, record.partition()), 0L);
                if (!isLater && !receiver.test(record)) {
                    return;
                }
            }
            if (!found.isEmpty()) {
                progress = System.nanoTime();
            } else if (System.nanoTime() - progress > STALL_LIMIT.toNanos()) {
                throw new DlqException(
                        Kind.UNAVAILABLE,
                        "topic " + topic + ": nothing came for " + STALL_LIMIT.toSeconds() + " s, and more is there");
            }
        }
    }

    @Override
    public void close() {
        close(consumer);
    }

    private boolean isAtEnd() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private static void close(@Nullable KafkaConsumer<byte[], byte[]> consumer) {
        if (consumer != null) {
            consumer.close();
        }
    }

    private static DlqException unavailable(String topic, Map<String, String> kafka, KafkaException failure) {
        return new DlqException(
                Kind.UNAVAILABLE,
                "topic " + topic + " at " + kafka.get("bootstrap.servers") + ": " + failure.getMessage(),
                failure);
    }

    private static Map<String, Object> properties(Map<String, String> kafkaProperties, Duration limit) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(limit.toMillis()));
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(limit.toMillis()));
        // Only what is there is read: a broker that waits for more would let the next reading wait with it.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "10");
        properties.putAll(kafkaProperties);
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        // Who only looks is not to make the topic, with a broker's defaults at that.
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return properties;
    }
}

package dev.millrace.compose.history;

import dev.millrace.schemas.event.EventCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a topic really holds: every committed record of every partition, condensed as it is read, so
 * that two million need some 500 MB.
 *
 * @param partitions by number
 */
public record TopicDump(String topic, SortedMap<Integer, Partition> partitions) {
    private static final Duration POLL = Duration.ofMillis(500);

    /**
     * One partition.
     *
     * @param records in the order of their offsets, which may have holes
     * @param end the offset after the last, where a reader of committed records stands at the end
     */
    record Partition(List<TopicRecord> records, long end) {}

    /**
     * Reads a topic from its beginning to where it ends now.
     *
     * @param kafka at least {@code bootstrap.servers}
     * @param patience how long no record may come before this gives up
     * @throws IllegalStateException if the topic cannot be read to its end
     */
    public static TopicDump read(Map<String, ?> kafka, String topic, Duration patience) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            return new TopicDump(topic, read(consumer, ends, patience));
        }
    }

    /** The offset after the last of a partition; 0 if the topic has no such partition. */
    long end(int partition) {
        Partition found = partitions.get(partition);
        return found == null ? 0 : found.end();
    }

    /** How many records there are. */
    public long size() {
        return partitions.values().stream()
                .mapToLong(partition -> partition.records().size())
                .sum();
    }

    private static SortedMap<Integer, Partition> read(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Duration patience) {
        EventCodec codec = new EventCodec();
        SortedMap<Integer, Partition> partitions = new TreeMap<>();
        ends.forEach((partition, end) -> partitions.put(partition.partition(), new Partition(new ArrayList<>(), end)));
        long heard = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(entry -> consumer.position(entry.getKey()) < entry.getValue())) {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
            if (!polled.isEmpty()) {
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > patience.toNanos()) {
                throw new IllegalStateException("the topic could not be read to its end: nothing came for " + patience
                        + ", ends=" + ends + ", read=" + polled.nextOffsets());
            }
            for (ConsumerRecord<byte[], byte[]> record : polled) {
                Partition partition = partitions.get(record.partition());
                if (partition != null && record.offset() < partition.end()) {
                    partition.records().add(TopicRecord.of(record, codec));
                }
            }
        }
        return partitions;
    }
}

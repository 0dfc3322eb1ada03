package dev.millrace.sink.loop;

import dev.millrace.sink.batch.OpenBatch;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions that the group gave to this worker. Its callbacks run inside {@code poll} and take
 * notes only: they speak to no server. Not thread-safe.
 */
final class Assignment implements ConsumerRebalanceListener {
    /**
     * Where a partition stands until the database has said where to read on. It stays paused, so
     * nothing is fetched from here; without any position the consumer would look for the group's.
     */
    private static final long UNTIL_LOCATED = 0;

    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final OpenBatch open;
    private final Map<Integer, PartitionProgress> partitions = new TreeMap<>();
    private int assignments;

    Assignment(String topic, Consumer<byte[], byte[]> consumer, OpenBatch open) {
        this.topic = topic;
        this.consumer = consumer;
        this.open = open;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> added) {
        assignments++;
        added.forEach(partition -> restart(partition.partition()));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        // What is being written may still succeed; the offset row decides between us and the next owner.
        for (TopicPartition partition : revoked) {
            partitions.remove(partition.partition());
            open.drop(partition.partition());
        }
    }

    /** Begins a partition anew at what the database says, forgetting what was read of it. */
    void restart(int partition) {
        partitions.put(partition, new PartitionProgress(partition));
        open.drop(partition);
        consumer.pause(List.of(named(partition)));
        consumer.seek(named(partition), UNTIL_LOCATED);
    }

    /** Whether the group has answered at least once. */
    boolean hasJoined() {
        return assignments > 0;
    }

    /** How often the group has given us something, or nothing. */
    int assignments() {
        return assignments;
    }

    /** By partition; what is not in here is not ours. */
    Map<Integer, PartitionProgress> partitions() {
        return partitions;
    }

    boolean isLocated() {
        return partitions.values().stream().allMatch(PartitionProgress::isLocated);
    }

    String topic() {
        return topic;
    }

    TopicPartition named(int partition) {
        return new TopicPartition(topic, partition);
    }
}

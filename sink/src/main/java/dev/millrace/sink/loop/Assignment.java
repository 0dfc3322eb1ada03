package dev.millrace.sink.loop;

import dev.millrace.sink.batch.OpenBatch;
import dev.millrace.sink.metrics.StopReason;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that the group gave to this worker. Its callbacks run inside {@code poll} and take
 * notes only: they speak to no server. Not thread-safe.
 */
final class Assignment implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);

    /**
     * Where a partition stands until the database has said where to read on. It stays paused, so
     * nothing is fetched from here; without any position the consumer would look for the group's.
     */
    private static final long UNTIL_LOCATED = 0;

    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final OpenBatch open;
    private final int breakerPercent;
    private final Ticker ticker;
    private final Map<Integer, PartitionProgress> partitions = new TreeMap<>();
    private int assignments;

    /** @param breakerPercent as of {@link Breaker} */
    Assignment(String topic, Consumer<byte[], byte[]> consumer, OpenBatch open, int breakerPercent, Ticker ticker) {
        this.topic = topic;
        this.consumer = consumer;
        this.open = open;
        this.breakerPercent = breakerPercent;
        this.ticker = ticker;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> added) {
        assignments++;
        added.forEach(partition -> restart(partition.partition(), ticker.nanoTime()));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        // What is being written may still succeed; the offset row decides between us and the next owner.
        for (TopicPartition partition : revoked) {
            partitions.remove(partition.partition());
            open.drop(partition.partition());
        }
    }

    /**
     * Begins a partition anew at what the database says, forgetting what was read of it.
     *
     * @param dueNanos when to ask the database, not before
     */
    void restart(int partition, long dueNanos) {
        PartitionProgress progress = new PartitionProgress(partition, dueNanos, new Breaker(breakerPercent));
        partitions.put(partition, progress);
        open.drop(partition);
        hold(progress);
    }

    /**
     * Reads no further in one partition, while the others go on. What was read of it and not handed to
     * the writer is forgotten; its stored offset stays.
     *
     * @param offset where it was to go on
     * @param what what happened, and what a person does about it
     */
    void stop(PartitionProgress progress, StopReason reason, long offset, String what) {
        open.drop(progress.partition());
        if (progress.stop(reason, offset)) {
            hold(progress);
            LOG.error(
                    "partition stopped: topic={} partition={} reason={} offset={} {}",
                    topic,
                    progress.partition(),
                    reason.label(),
                    offset,
                    what);
        }
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

    /** Whether the database has had its say on every partition. */
    boolean isLocated() {
        return partitions.values().stream().noneMatch(PartitionProgress::isWaiting);
    }

    /** Why partitions are not read, for those which are stopped. */
    Map<Integer, StopReason> stopped() {
        Map<Integer, StopReason> reasons = new TreeMap<>();
        for (PartitionProgress progress : partitions.values()) {
            StopReason reason = progress.stopped();
            if (reason != null) {
                reasons.put(progress.partition(), reason);
            }
        }
        return reasons;
    }

    /**
     * Nothing is fetched of a partition whose place is not known, or while nothing may be. The consumer is
     * told of changes only: each time it asks its network thread.
     */
    void fetch(boolean allowed) {
        for (PartitionProgress progress : partitions.values()) {
            boolean fetched = allowed && progress.isReading();
            if (fetched != progress.isFetched()) {
                progress.fetched(fetched);
                List<TopicPartition> named = List.of(named(progress.partition()));
                if (fetched) {
                    consumer.resume(named);
                } else {
                    consumer.pause(named);
                }
            }
        }
    }

    String topic() {
        return topic;
    }

    TopicPartition named(int partition) {
        return new TopicPartition(topic, partition);
    }

    private void hold(PartitionProgress progress) {
        progress.fetched(false);
        List<TopicPartition> named = List.of(named(progress.partition()));
        consumer.pause(named);
        consumer.seek(named.get(0), UNTIL_LOCATED);
    }
}

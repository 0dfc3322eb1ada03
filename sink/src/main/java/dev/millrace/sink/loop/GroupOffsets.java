package dev.millrace.sink.loop;

import dev.millrace.sink.batch.OffsetRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Kafka how far the group is, so that lag tools see it. Nothing is ever read from there, and a
 * failure costs nothing. Not thread-safe.
 */
final class GroupOffsets {
    private static final Logger LOG = LoggerFactory.getLogger(GroupOffsets.class);
    private static final long INTERVAL_NANOS = 1_000_000_000L;

    private final Consumer<byte[], byte[]> consumer;
    private final Assignment assignment;
    private final Ticker ticker;
    private final Map<TopicPartition, OffsetAndMetadata> stored = new HashMap<>();
    private long lastNanos;

    GroupOffsets(Consumer<byte[], byte[]> consumer, Assignment assignment, Ticker ticker) {
        this.consumer = consumer;
        this.assignment = assignment;
        this.ticker = ticker;
        lastNanos = ticker.nanoTime();
    }

    void note(List<OffsetRange> ranges) {
        for (OffsetRange range : ranges) {
            stored.put(assignment.named(range.partition()), new OffsetAndMetadata(range.end()));
        }
    }

    /** Sends what was noted, at most once a second. */
    void step() {
        if (stored.isEmpty() || ticker.nanoTime() - lastNanos < INTERVAL_NANOS) {
            return;
        }
        lastNanos = ticker.nanoTime();
        stored.keySet().removeIf(partition -> !assignment.partitions().containsKey(partition.partition()));
        consumer.commitAsync(Map.copyOf(stored), (offsets, failure) -> {
            if (failure != null) {
                LOG.debug("group offsets not told: offsets={}", offsets, failure);
            }
        });
        stored.clear();
    }
}

package dev.millrace.sink.loop;

import dev.millrace.sink.batch.OffsetRange;
import dev.millrace.sink.write.KnownTimelines;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Kafka how far the group is, so that lag tools see it, and with each offset the timelines of
 * the database, so that the next run and every other member knows an old primary. The timelines are
 * read back, the offsets never. A failure costs nothing but that knowledge. Not thread-safe.
 */
final class GroupOffsets {
    private static final Logger LOG = LoggerFactory.getLogger(GroupOffsets.class);
    private static final long INTERVAL_NANOS = 1_000_000_000L;

    /** For an answer of the coordinator, which has just given us partitions. */
    private static final Duration RECALL_LIMIT = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final Assignment assignment;
    private final KnownTimelines timelines;
    private final Ticker ticker;
    private final Map<Integer, Long> stored = new HashMap<>();
    private boolean offsetsChanged;
    private String toldTimelines = "";
    private int recalledAssignments;
    private long lastNanos;

    GroupOffsets(Consumer<byte[], byte[]> consumer, Assignment assignment, KnownTimelines timelines, Ticker ticker) {
        this.consumer = consumer;
        this.assignment = assignment;
        this.timelines = timelines;
        this.ticker = ticker;
        lastNanos = ticker.nanoTime();
    }

    /** What the database holds of a partition. */
    void note(int partition, long nextOffset) {
        stored.put(partition, nextOffset);
        offsetsChanged = true;
    }

    void note(List<OffsetRange> ranges) {
        ranges.forEach(range -> note(range.partition(), range.end()));
    }

    /**
     * Learns after an assignment what the members of before knew of the servers, on any partition.
     *
     * @return false if it was disturbed and is to be called again before a server is trusted
     */
    boolean recall() {
        if (recalledAssignments == assignment.assignments()) {
            return true;
        }
        try {
            consumer.committed(allPartitions(), RECALL_LIMIT).values().stream()
                    .filter(committed -> committed != null)
                    .forEach(committed -> timelines.learn(committed.metadata()));
        } catch (WakeupException somethingIsDone) {
            return false;
        } catch (KafkaException failure) {
            LOG.warn(
                    "not known which timelines of the database were seen before, an old primary would be taken for"
                            + " the primary until its successor was met: reason={}",
                    failure.toString());
        }
        recalledAssignments = assignment.assignments();
        return true;
    }

    /** Sends what was noted, at most once a second. */
    void step() {
        if (ticker.nanoTime() - lastNanos < INTERVAL_NANOS) {
            return;
        }
        stored.keySet().retainAll(assignment.partitions().keySet());
        String text = timelines.asText();
        if (stored.isEmpty() || !offsetsChanged && text.equals(toldTimelines)) {
            return;
        }
        lastNanos = ticker.nanoTime();
        offsetsChanged = false;
        toldTimelines = text;
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        stored.forEach(
                (partition, offset) -> offsets.put(assignment.named(partition), new OffsetAndMetadata(offset, text)));
        consumer.commitAsync(offsets, (told, failure) -> {
            if (failure != null) {
                LOG.debug("group offsets not told: offsets={}", told, failure);
                offsetsChanged = true;
            }
        });
    }

    private Set<TopicPartition> allPartitions() {
        Set<TopicPartition> partitions = new HashSet<>();
        assignment.partitions().keySet().forEach(partition -> partitions.add(assignment.named(partition)));
        consumer.partitionsFor(assignment.topic(), RECALL_LIMIT)
                .forEach(each -> partitions.add(assignment.named(each.partition())));
        return partitions;
    }
}

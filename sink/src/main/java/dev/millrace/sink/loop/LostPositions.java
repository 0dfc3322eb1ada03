package dev.millrace.sink.loop;

import dev.millrace.sink.batch.OpenBatch;
import dev.millrace.sink.metrics.StopReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done when Kafka has no record at the position of a partition, or another one than it had.
 * Nothing is ever guessed: what was read until then is stored, then the partition begins anew at what
 * the database says, and where that is not in the log either, it stops. Not thread-safe.
 */
final class LostPositions {
    private static final Logger LOG = LoggerFactory.getLogger(LostPositions.class);

    /** Before it is asked again: a broker that leads since a moment may contradict itself. */
    private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();

    private final Assignment assignment;
    private final OpenBatch open;
    private final BatchDispatcher dispatcher;
    private final TopicWatch topicWatch;
    private final Ticker ticker;
    private final List<PartitionProgress> lost = new ArrayList<>();

    LostPositions(
            Assignment assignment, OpenBatch open, BatchDispatcher dispatcher, TopicWatch topicWatch, Ticker ticker) {
        this.assignment = assignment;
        this.open = open;
        this.dispatcher = dispatcher;
        this.topicWatch = topicWatch;
        this.ticker = ticker;
    }

    void note(OffsetOutOfRangeException failure) {
        topicWatch.lookNow();
        for (Map.Entry<TopicPartition, Long> position :
                failure.offsetOutOfRangePartitions().entrySet()) {
            PartitionProgress progress =
                    assignment.partitions().get(position.getKey().partition());
            if (progress != null && progress.isReading()) {
                note(progress, position.getValue(), failure instanceof LogTruncationException);
            }
        }
    }

    /** Begins anew what is lost, as soon as nothing that was read of it waits to be stored. */
    void step() {
        Iterator<PartitionProgress> each = lost.iterator();
        while (each.hasNext()) {
            PartitionProgress progress = each.next();
            int partition = progress.partition();
            if (assignment.partitions().get(partition) != progress) {
                each.remove();
            } else if (!open.contains(partition) && !dispatcher.holds(partition)) {
                each.remove();
                assignment.restart(partition, ticker.nanoTime() + PAUSE_NANOS);
            }
        }
    }

    private void note(PartitionProgress progress, long position, boolean hasOtherRecords) {
        if (hasOtherRecords && progress.nextOffset() == progress.locatedAt()) {
            assignment.stop(
                    progress,
                    StopReason.DIVERGED,
                    position,
                    "Kafka's log was cut below what is stored here and written anew, so the database holds events that"
                            + " Kafka lost. Keep the database as the record of them; to follow the new log, start with"
                            + " an empty one");
            return;
        }
        LOG.warn(
                "position not in the log, asking the database again where to read: partition={} position={}",
                progress.partition(),
                position);
        progress.lose();
        lost.add(progress);
    }
}

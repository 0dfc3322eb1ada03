package dev.millrace.sink.loop;

import dev.millrace.sink.metrics.StopReason;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done when Kafka has no record at the position of a partition, or another one than it had.
 * Nothing is ever guessed: the partition begins anew at what the database says, and where that is not
 * in the log either, it stops. Not thread-safe.
 */
final class LostPositions {
    private static final Logger LOG = LoggerFactory.getLogger(LostPositions.class);

    /** Before it is asked again: a broker that leads since a moment may contradict itself. */
    private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();

    private final Assignment assignment;
    private final TopicWatch topicWatch;
    private final Ticker ticker;

    LostPositions(Assignment assignment, TopicWatch topicWatch, Ticker ticker) {
        this.assignment = assignment;
        this.topicWatch = topicWatch;
        this.ticker = ticker;
    }

    void note(OffsetOutOfRangeException lost) {
        topicWatch.lookNow();
        for (Map.Entry<TopicPartition, Long> position :
                lost.offsetOutOfRangePartitions().entrySet()) {
            PartitionProgress progress =
                    assignment.partitions().get(position.getKey().partition());
            if (progress != null && progress.isReading()) {
                note(progress, position.getValue(), lost instanceof LogTruncationException);
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
                "position not in the log, reading the stored offset again: partition={} position={}",
                progress.partition(),
                position);
        assignment.restart(progress.partition(), ticker.nanoTime() + PAUSE_NANOS);
    }
}

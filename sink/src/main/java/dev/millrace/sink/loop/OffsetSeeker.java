package dev.millrace.sink.loop;

import dev.millrace.sink.metrics.StopReason;
import dev.millrace.sink.write.StoredOffset;
import dev.millrace.sink.write.WriteException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts every newly assigned partition at the offset that the database holds, and stops it where Kafka
 * does not hold that offset. A partition that is stopped for this is looked at again and again, and
 * goes on when a person has accepted the gap, or Kafka has its log back. Not thread-safe.
 */
final class OffsetSeeker {
    private static final Logger LOG = LoggerFactory.getLogger(OffsetSeeker.class);
    private static final Duration RECHECK = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final Assignment assignment;
    private final GroupOffsets groupOffsets;
    private final PartitionLocator locator;
    private final Ticker ticker;
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    private Map<Integer, PartitionProgress> asked = Map.of();
    private @Nullable CompletableFuture<List<Location>> answer;
    private long dueNanos;

    OffsetSeeker(
            Consumer<byte[], byte[]> consumer,
            Assignment assignment,
            GroupOffsets groupOffsets,
            PartitionLocator locator,
            Ticker ticker) {
        this.consumer = consumer;
        this.assignment = assignment;
        this.groupOffsets = groupOffsets;
        this.locator = locator;
        this.ticker = ticker;
        dueNanos = ticker.nanoTime();
    }

    /**
     * Asks for what is not located, or takes an answer that is there.
     *
     * @throws WriteException if a person has to act
     */
    void step() {
        if (answer != null && answer.isDone()) {
            take(answer);
            answer = null;
        }
        if (assignment.isLocated()) {
            // What was asked for in vain is somebody else's now.
            backoff.reset();
        }
        long now = ticker.nanoTime();
        if (answer == null && now - dueNanos >= 0) {
            asked = new HashMap<>(assignment.partitions());
            asked.values().removeIf(progress -> !progress.isDue(now));
            if (!asked.isEmpty()) {
                answer = locator.locate(List.copyOf(asked.keySet()));
                answer.whenComplete((done, failure) -> consumer.wakeup());
            }
        }
    }

    /** Whether the database did not answer the last question. */
    boolean isFailing() {
        return backoff.failures() > 0;
    }

    private void take(CompletableFuture<List<Location>> done) {
        try {
            done.join().forEach(this::place);
            backoff.reset();
        } catch (CompletionException failed) {
            Throwable failure = failed.getCause();
            if (failure == null || !mayPass(failure)) {
                throw failed;
            }
            Duration wait = backoff.next();
            dueNanos = ticker.nanoTime() + wait.toNanos();
            LOG.warn(
                    "stored offsets not known, will ask again: attempt={} backoffMs={} reason={}",
                    backoff.failures(),
                    wait.toMillis(),
                    String.valueOf(failure.getMessage()));
        }
    }

    private static boolean mayPass(Throwable failure) {
        return failure instanceof KafkaException
                || failure instanceof WriteException write && write.kind() == WriteException.Kind.RETRY;
    }

    private void place(Location location) {
        int partition = location.stored().partition();
        PartitionProgress progress = assignment.partitions().get(partition);
        if (progress == null || progress != asked.get(partition)) {
            return; // Revoked in the meantime, or revoked and assigned again.
        }
        progress.askAgainAt(ticker.nanoTime() + RECHECK.toNanos());
        long next = location.stored().nextOffset();
        if (location.isBeforeLog()) {
            assignment.stop(progress, StopReason.GAP, next, gap(location));
        } else if (location.isBehindLog()) {
            assignment.stop(progress, StopReason.TRUNCATED, next, truncated(location));
        } else {
            seek(progress, location.stored());
        }
    }

    private void seek(PartitionProgress progress, StoredOffset stored) {
        Optional<Integer> epoch = stored.leaderEpoch() < 0 ? Optional.empty() : Optional.of(stored.leaderEpoch());
        consumer.seek(assignment.named(stored.partition()), new OffsetAndMetadata(stored.nextOffset(), epoch, ""));
        if (progress.stopped() != null) {
            LOG.warn("partition goes on: partition={} fromOffset={}", stored.partition(), stored.nextOffset());
        }
        progress.locate(stored);
        groupOffsets.note(stored.partition(), stored.nextOffset());
        LOG.info("reading: partition={} fromOffset={}", stored.partition(), stored.nextOffset());
    }

    private static String gap(Location location) {
        return "untilOffset=" + location.log().start() + ": Kafka no longer holds these records, by retention or"
                + " deletion. The gap is recorded in sink_gap, and nothing is skipped until a person accepts it: start"
                + " 'millrace sink --accept-gap' once, beside this sink or in its place";
    }

    private static String truncated(Location location) {
        return "logEnd=" + location.log().end() + ": Kafka has lost records that are stored here already. Bring its log"
                + " back, and this partition goes on by itself; if it is gone for good, start with an empty database";
    }
}

package dev.millrace.sink.loop;

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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts every newly assigned partition at the offset that the database holds. The database is asked
 * in the writer's thread, after what is being written, so the answer is decided. Not thread-safe.
 */
final class OffsetSeeker {
    private static final Logger LOG = LoggerFactory.getLogger(OffsetSeeker.class);

    private final Consumer<byte[], byte[]> consumer;
    private final Assignment assignment;
    private final GroupOffsets groupOffsets;
    private final WriterThread writer;
    private final Ticker ticker;
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    private Map<Integer, PartitionProgress> asked = Map.of();
    private @Nullable CompletableFuture<List<StoredOffset>> answer;
    private long dueNanos;

    OffsetSeeker(
            Consumer<byte[], byte[]> consumer,
            Assignment assignment,
            GroupOffsets groupOffsets,
            WriterThread writer,
            Ticker ticker) {
        this.consumer = consumer;
        this.assignment = assignment;
        this.groupOffsets = groupOffsets;
        this.writer = writer;
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
        } else if (answer == null && ticker.nanoTime() - dueNanos >= 0) {
            asked = new HashMap<>(assignment.partitions());
            asked.values().removeIf(PartitionProgress::isLocated);
            List<Integer> partitions = List.copyOf(asked.keySet());
            answer = writer.storedOffsets(partitions);
        }
    }

    /** Whether the database did not answer the last question. */
    boolean isFailing() {
        return backoff.failures() > 0;
    }

    private void take(CompletableFuture<List<StoredOffset>> done) {
        try {
            done.join().forEach(this::locate);
            backoff.reset();
        } catch (CompletionException failed) {
            if (!(failed.getCause() instanceof WriteException failure) || failure.kind() == WriteException.Kind.STOP) {
                throw failed;
            }
            Duration wait = backoff.next();
            dueNanos = ticker.nanoTime() + wait.toNanos();
            LOG.warn(
                    "stored offsets not known, will ask again: attempt={} backoffMs={} reason={}",
                    backoff.failures(),
                    wait.toMillis(),
                    failure.getMessage());
        }
    }

    private void locate(StoredOffset stored) {
        PartitionProgress progress = assignment.partitions().get(stored.partition());
        if (progress == null || progress != asked.get(stored.partition())) {
            return; // Revoked in the meantime, or revoked and assigned again.
        }
        Optional<Integer> epoch = stored.leaderEpoch() < 0 ? Optional.empty() : Optional.of(stored.leaderEpoch());
        consumer.seek(assignment.named(stored.partition()), new OffsetAndMetadata(stored.nextOffset(), epoch, ""));
        progress.locate(stored);
        groupOffsets.note(stored.partition(), stored.nextOffset());
        LOG.info("reading: partition={} fromOffset={}", stored.partition(), stored.nextOffset());
    }
}

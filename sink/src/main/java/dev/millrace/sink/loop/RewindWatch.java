package dev.millrace.sink.loop;

import dev.millrace.sink.batch.OpenBatch;
import dev.millrace.sink.write.StoredOffset;
import dev.millrace.sink.write.WriteException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks now and then whether what was stored still is. After a failover that lost a tail, a partition
 * with new records finds out by its next batch; one without would keep its hole until there are some.
 * Not thread-safe.
 */
final class RewindWatch {
    private static final Logger LOG = LoggerFactory.getLogger(RewindWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Assignment assignment;
    private final OpenBatch open;
    private final BatchDispatcher dispatcher;
    private final WriterThread writer;
    private final Ticker ticker;
    private Map<Integer, PartitionProgress> asked = Map.of();
    private Map<Integer, Long> believed = Map.of();
    private @Nullable CompletableFuture<List<StoredOffset>> answer;
    private long dueNanos;

    RewindWatch(Assignment assignment, OpenBatch open, BatchDispatcher dispatcher, WriterThread writer, Ticker ticker) {
        this.assignment = assignment;
        this.open = open;
        this.dispatcher = dispatcher;
        this.writer = writer;
        this.ticker = ticker;
        dueNanos = ticker.nanoTime() + INTERVAL.toNanos();
    }

    /**
     * Takes an answer that is there, or asks if it is time.
     *
     * @throws WriteException if a person has to act
     */
    void step() {
        if (answer != null && answer.isDone()) {
            take(answer);
            answer = null;
        }
        if (answer == null && ticker.nanoTime() - dueNanos >= 0) {
            dueNanos = ticker.nanoTime() + INTERVAL.toNanos();
            ask();
        }
    }

    /** Of which everything that was read is stored, as far as we know. */
    private void ask() {
        asked = new HashMap<>(assignment.partitions());
        asked.values()
                .removeIf(progress -> !progress.isReading()
                        || open.contains(progress.partition())
                        || dispatcher.holds(progress.partition()));
        if (!asked.isEmpty()) {
            believed = new HashMap<>();
            asked.values().forEach(progress -> believed.put(progress.partition(), progress.nextOffset()));
            answer = writer.storedOffsets(List.copyOf(asked.keySet()));
        }
    }

    private void take(CompletableFuture<List<StoredOffset>> done) {
        try {
            done.join().forEach(this::compare);
        } catch (CompletionException failed) {
            WriteException failure = WriteException.retryOf(failed);
            LOG.debug("stored offsets not compared, will ask again: reason={}", failure.getMessage());
        }
    }

    private void compare(StoredOffset stored) {
        int partition = stored.partition();
        Long expected = believed.get(partition);
        if (expected == null || expected == stored.nextOffset()) {
            return;
        }
        if (assignment.partitions().get(partition) == asked.get(partition)) {
            LOG.warn(
                    "the stored offset is not where we left it, reading it again: partition={} left={} stored={}",
                    partition,
                    expected,
                    stored.nextOffset());
            assignment.restart(partition, ticker.nanoTime());
        }
    }
}

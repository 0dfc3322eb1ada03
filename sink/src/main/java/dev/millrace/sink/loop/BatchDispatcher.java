package dev.millrace.sink.loop;

import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.OffsetRange;
import dev.millrace.sink.batch.OpenBatch;
import dev.millrace.sink.write.WriteException;
import dev.millrace.sink.write.WriteOutcome;
import dev.millrace.sink.write.WriteOutcome.Moved;
import dev.millrace.sink.write.WriteOutcome.Written;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands batches to the writer, one at a time and each as soon as the writer is free and it is full or
 * due, so that they are small at low rates and grow under load. Keeps a batch until the database has decided on it. Not
 * thread-safe.
 */
final class BatchDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(BatchDispatcher.class);

    private final OpenBatch open;
    private final Assignment assignment;
    private final MovedOffsets movedOffsets;
    private final WriterThread writer;
    private final Ticker ticker;
    private final Consumer<List<OffsetRange>> stored;
    private final RefusedBatches refusedBatches;
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    private @Nullable PendingWrite pending;
    private long dueNanos;

    /** @param stored told the ranges of each batch that is in the database */
    BatchDispatcher(
            OpenBatch open,
            Assignment assignment,
            MovedOffsets movedOffsets,
            WriterThread writer,
            Ticker ticker,
            Consumer<List<OffsetRange>> stored) {
        this.open = open;
        this.assignment = assignment;
        refusedBatches = new RefusedBatches(assignment);
        this.movedOffsets = movedOffsets;
        this.writer = writer;
        this.ticker = ticker;
        this.stored = stored;
        dueNanos = ticker.nanoTime();
    }

    /**
     * Takes the writer's answer if there is one, tries again what is due, and begins the next batch.
     *
     * @param mayBegin whether what was read may be written
     * @throws WriteException if a person has to act
     */
    void step(boolean mayBegin) {
        if (pending != null) {
            settle(pending);
        }
        if (pending == null && mayBegin && !open.isEmpty() && (open.isFull() || nanosUntilDue() <= 0)) {
            dueNanos = ticker.nanoTime() + open.maxAge().toNanos();
            submit(open.take(), Map.copyOf(assignment.partitions()));
        }
    }

    /** How long nothing has to be done here if nothing happens, at most as long as a limit. */
    Duration untilDue(Duration limit) {
        long nanos = nanosUntilDue();
        if (pending != null || open.isEmpty() || nanos <= 0 || nanos >= limit.toNanos()) {
            return limit;
        }
        // Never before, since Kafka's client drops what is less than a millisecond.
        return Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
    }

    /** Whether the last try of the batch in hand failed. */
    boolean isFailing() {
        return backoff.failures() > 0;
    }

    /** Whether records of this partition are being written, or wait for the next try. */
    boolean holds(int partition) {
        return pending != null && !pending.batch().isWithout(partition);
    }

    /** When the next batch may begin, on the ticker; in the past if it may. */
    long dueNanos() {
        return dueNanos;
    }

    private long nanosUntilDue() {
        return dueNanos - ticker.nanoTime();
    }

    private void settle(PendingWrite write) {
        if (write.answer() == null) {
            if (ticker.nanoTime() - write.dueNanos() >= 0) {
                tryAgain(write, write.outdated(assignment.partitions()));
            }
        } else if (write.answer().isDone()) {
            try {
                accept(write, write.answer().join());
            } catch (CompletionException failed) {
                postpone(write, failed);
            }
        }
    }

    private void accept(PendingWrite write, WriteOutcome outcome) {
        backoff.reset();
        if (outcome instanceof Written written) {
            pending = null;
            stored.accept(write.batch().ranges());
            refusedBatches.note(write, written);
        } else if (outcome instanceof Moved moved) {
            LOG.warn(
                    "somebody else moved the offsets, reading them again: partitions={} batch={}",
                    moved.partitions(),
                    write.batch());
            Set<Integer> outdated = write.outdated(assignment.partitions());
            moved.partitions().stream()
                    .filter(partition -> !outdated.contains(partition))
                    .forEach(partition -> assignment.restart(partition, movedOffsets.moved(partition)));
            tryAgain(write, write.outdated(assignment.partitions()));
        }
    }

    private void postpone(PendingWrite write, CompletionException failed) {
        WriteException failure = WriteException.retryOf(failed);
        Duration wait = backoff.next();
        pending = new PendingWrite(write.batch(), write.readers(), null, ticker.nanoTime() + wait.toNanos());
        LOG.warn(
                "batch not written, will try again: attempt={} backoffMs={} reason={}",
                backoff.failures(),
                wait.toMillis(),
                failure.getMessage());
    }

    private void tryAgain(PendingWrite write, Set<Integer> outdated) {
        if (write.batch().isWithin(outdated)) {
            pending = null;
            backoff.reset(); // What failed is somebody else's now.
        } else {
            submit(outdated.isEmpty() ? write.batch() : write.batch().without(outdated), write.readers());
        }
    }

    private void submit(Batch batch, Map<Integer, PartitionProgress> readers) {
        CompletableFuture<WriteOutcome> answer = writer.write(batch);
        pending = new PendingWrite(batch, readers, answer, 0);
    }
}

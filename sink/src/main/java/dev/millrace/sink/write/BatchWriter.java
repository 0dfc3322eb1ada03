package dev.millrace.sink.write;

import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.OffsetRange;
import dev.millrace.sink.batch.RejectedRow;
import dev.millrace.sink.upkeep.TablePartitions;
import dev.millrace.sink.write.WriteOutcome.Moved;
import dev.millrace.sink.write.WriteOutcome.Written;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes batches, each with its offsets in one transaction: both or neither. The offsets move first
 * and only from the values that the batch was read at, so of two writers that believe they own a
 * partition, one stores a record and the other finds out. Not thread-safe.
 */
public final class BatchWriter implements AutoCloseable {
    private final KnownTimelines timelines;
    private final Primary primary;
    private final PathChoice paths = new PathChoice();

    /**
     * A writer by itself.
     *
     * @param writerUrl JDBC address of the primary with the writer's credentials
     * @param name shown to the database's operators
     * @param topicId Kafka's id of the topic
     */
    public BatchWriter(String writerUrl, String name, String topic, String topicId, TablePartitions tablePartitions) {
        this(
                new PrimaryLogin(writerUrl, name, new KnownTimelines()),
                topic,
                topicId,
                tablePartitions,
                TransactionWatch.NONE);
    }

    /**
     * One of several of a process.
     *
     * @param login with what all of them know of the servers
     * @param tablePartitions may be shared, too
     * @param watch told of each batch's transaction; closed with this
     */
    public BatchWriter(
            PrimaryLogin login, String topic, String topicId, TablePartitions tablePartitions, TransactionWatch watch) {
        timelines = login.timelines();
        primary = new PostgresPrimary(login, topic, topicId, tablePartitions, watch);
    }

    BatchWriter(Primary primary) {
        this.primary = primary;
        timelines = new KnownTimelines();
    }

    /** What is known of the servers; who restarts this elsewhere passes it on. */
    public KnownTimelines timelines() {
        return timelines;
    }

    /**
     * How far partitions are stored. Waits for a transaction that is moving them.
     *
     * @throws WriteException if the database did not say
     */
    public List<StoredOffset> storedOffsets(Collection<Integer> partitions) {
        return transaction("offsets not read: partitions=" + partitions, () -> primary.lockOffsets(partitions));
    }

    /**
     * Records gaps that are not recorded yet, and moves the offsets past those which a person has
     * accepted. Repeating it, also from two sinks at once, changes nothing more.
     *
     * @return how far their partitions are stored now
     * @throws WriteException if the database did not say; then it may have happened
     */
    public List<StoredOffset> passGaps(Collection<Gap> gaps) {
        List<Integer> partitions = gaps.stream().map(Gap::partition).toList();
        transaction("gaps not passed: gaps=" + gaps, () -> {
            List<StoredOffset> held = primary.lockOffsets(partitions);
            primary.passGaps(gaps);
            return held;
        });
        return storedOffsets(partitions);
    }

    /**
     * Accepts every recorded gap that waits for it; whoever reads the partition passes it then.
     *
     * @return those that were accepted now
     * @throws WriteException if the database did not say
     */
    public List<Gap> acceptGaps() {
        return transaction("gaps not accepted", primary::acceptGaps);
    }

    /**
     * Stores a batch, however often its records repeat or are refused.
     *
     * @throws WriteException if nothing was written, or it is not known; trying again is safe
     */
    public WriteOutcome write(Batch batch) {
        Batch current = batch;
        while (true) {
            try {
                primary.makeRoom(current);
                return transaction(current, batch.rejected().size());
            } catch (RefusedRowException refused) {
                primary.discard();
                if (current != batch) {
                    // The second one: it goes on like this.
                    paths.canDoBetterAfter(FailureKind.REFUSED_VALUE);
                }
                current = current.reject(refused.row(), refused.rejection());
            } catch (SQLException failure) {
                primary.discard();
                if (!paths.canDoBetterAfter(FailureKind.of(failure))) {
                    throw failed("batch not written: " + batch, failure);
                }
            } catch (WriteException stop) {
                primary.discard();
                throw stop;
            }
        }
    }

    @Override
    public void close() {
        primary.close();
    }

    private <T> T transaction(String failed, Steps<T> steps) {
        try {
            T result = steps.take();
            primary.commit();
            return result;
        } catch (SQLException failure) {
            primary.discard();
            throw failed(failed, failure);
        } catch (WriteException refused) {
            primary.discard();
            throw refused;
        }
    }

    /** @param rejectedBefore how many of the batch's rejections are not the database's, the first ones */
    private WriteOutcome transaction(Batch batch, int rejectedBefore) throws SQLException {
        Set<Integer> moved = primary.advance(batch);
        if (!moved.isEmpty()) {
            primary.rollback();
            return new Moved(moved);
        }
        WritePath path = paths.path();
        Verdicts verdicts = primary.writeRows(batch, path);
        primary.recount(batch, verdicts);
        Written written = new Written(
                path,
                batch.events().size() - verdicts.count(),
                verdicts.duplicates().size(),
                batch.rejected().size() + verdicts.rejected().size(),
                refused(
                        batch.rejected()
                                .subList(rejectedBefore, batch.rejected().size()),
                        verdicts));
        try {
            primary.commit();
            paths.written(verdicts.count());
            return written;
        } catch (SQLException answerLost) {
            primary.discard();
            return settle(batch, written, answerLost);
        }
    }

    /** The answer to COMMIT was lost: the offsets tell whether the transaction happened. */
    private WriteOutcome settle(Batch batch, Written written, SQLException answerLost) throws SQLException {
        Map<Integer, Long> stored = new TreeMap<>();
        List<Integer> partitions =
                batch.ranges().stream().map(OffsetRange::partition).toList();
        storedOffsets(partitions).forEach(offset -> stored.put(offset.partition(), offset.nextOffset()));
        if (batch.ranges().stream().allMatch(range -> offsetOf(stored, range) == range.end())) {
            return written;
        }
        Set<Integer> moved = new TreeSet<>();
        for (OffsetRange range : batch.ranges()) {
            if (offsetOf(stored, range) != range.start()) {
                moved.add(range.partition());
            }
        }
        if (moved.isEmpty()) {
            throw answerLost;
        }
        return new Moved(moved);
    }

    private static Map<Integer, Integer> refused(List<RejectedRow> named, Verdicts verdicts) {
        Map<Integer, Integer> refused = new TreeMap<>();
        verdicts.rejectedAnd(named).forEach(row -> refused.merge(row.partition(), 1, Integer::sum));
        return refused;
    }

    private static long offsetOf(Map<Integer, Long> stored, OffsetRange range) {
        return stored.getOrDefault(range.partition(), -1L);
    }

    private WriteException failed(String what, SQLException failure) {
        FailureKind kind = FailureKind.of(failure);
        if (kind == FailureKind.NO_TABLE_PARTITION) {
            primary.forgetRoom();
        }
        boolean repeating = kind == FailureKind.RETRY || kind == FailureKind.NO_TABLE_PARTITION;
        return new WriteException(repeating ? WriteException.Kind.RETRY : WriteException.Kind.STOP, what, failure);
    }

    /** What a transaction does but for its end. */
    private interface Steps<T> {
        T take() throws SQLException;
    }
}

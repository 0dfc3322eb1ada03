package dev.millrace.sink.write;

import dev.millrace.schemas.event.RejectReason;
import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.batch.OffsetRange;
import dev.millrace.sink.batch.RejectedRow;
import dev.millrace.sink.upkeep.TablePartitions;
import dev.millrace.sink.write.WriteOutcome.Moved;
import dev.millrace.sink.write.WriteOutcome.Written;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes batches, each with its offsets in one transaction: both or neither. The offsets move first
 * and only from the values that the batch was read at, so of two writers that believe they own a
 * partition, one stores a record and the other finds out. Not thread-safe.
 */
public final class BatchWriter implements AutoCloseable {
    /** How long another sink may hold an offset row that we need; a batch takes milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PrimarySession session;
    private final OffsetStore offsets;
    private final FrozenOwner frozenOwner;
    private final TablePartitions tablePartitions;
    private final RowWriter fast;
    private final RowWriter careful;

    /**
     * @param writerUrl JDBC address of the primary with the writer's credentials
     * @param name shown to the database's operators
     * @param topicId Kafka's id of the topic
     */
    public BatchWriter(String writerUrl, String name, String topic, String topicId, TablePartitions tablePartitions) {
        session = new PrimarySession(writerUrl, name);
        offsets = new OffsetStore(topic, topicId);
        frozenOwner = new FrozenOwner(new PrimarySession(writerUrl, name + "-watch"), PATIENCE);
        this.tablePartitions = tablePartitions;
        CopyRowWriter copy = new CopyRowWriter(topic, new CopyStream(new CopyBuffer()));
        fast = copy;
        careful = new InsertRowWriter(copy);
    }

    /**
     * How far partitions are stored. Waits for a transaction that is moving them.
     *
     * @throws WriteException if the database did not say
     */
    public List<StoredOffset> storedOffsets(Collection<Integer> partitions) {
        try {
            Connection connection = session.connection();
            List<StoredOffset> stored = frozenOwner.outwait(connection, () -> offsets.read(connection, partitions));
            connection.commit();
            return stored;
        } catch (SQLException failure) {
            session.discard();
            throw failed("offsets not read: partitions=" + partitions, failure);
        } catch (WriteException refused) {
            session.discard();
            throw refused;
        }
    }

    /**
     * Stores a batch, however often its records repeat or are refused.
     *
     * @throws WriteException if nothing was written, or it is not known; trying again is safe
     */
    public WriteOutcome write(Batch batch) {
        Batch current = batch;
        RowWriter rows = fast;
        while (true) {
            try {
                tablePartitions.ensure(months(current));
                return transaction(current, rows);
            } catch (RefusedRowException refused) {
                session.discard();
                current = current.reject(refused.row(), rejection(refused));
            } catch (SQLException failure) {
                session.discard();
                if (rows == fast && FailureKind.of(failure) == FailureKind.REPEATED_ID) {
                    rows = careful;
                } else {
                    throw failed("batch not written: " + batch, failure);
                }
            }
        }
    }

    @Override
    public void close() {
        frozenOwner.close();
        session.close();
    }

    private WriteOutcome transaction(Batch batch, RowWriter rows) throws SQLException {
        Connection connection = session.connection();
        Set<Integer> moved = frozenOwner.outwait(connection, () -> offsets.advance(connection, batch));
        if (!moved.isEmpty()) {
            connection.rollback();
            return new Moved(moved);
        }
        Repeats repeats = rows.write(connection, batch);
        offsets.recount(connection, batch, repeats);
        Written written = new Written(
                rows == fast ? WritePath.COPY : WritePath.INSERT,
                batch.events().size() - repeats.count(),
                repeats.duplicates().size(),
                batch.rejected().size() + repeats.conflicts().size());
        try {
            connection.commit();
            return written;
        } catch (SQLException answerLost) {
            session.discard();
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

    private static long offsetOf(Map<Integer, Long> stored, OffsetRange range) {
        return stored.getOrDefault(range.partition(), -1L);
    }

    private WriteException failed(String what, SQLException failure) {
        FailureKind kind = FailureKind.of(failure);
        if (kind == FailureKind.NO_TABLE_PARTITION) {
            tablePartitions.forget();
        }
        boolean repeating = kind == FailureKind.RETRY || kind == FailureKind.NO_TABLE_PARTITION;
        return new WriteException(repeating ? WriteException.Kind.RETRY : WriteException.Kind.STOP, what, failure);
    }

    private static RejectedRow rejection(RefusedRowException refused) {
        EventRow row = refused.row();
        return new RejectedRow(
                row.partition(),
                row.offset(),
                RejectReason.REFUSED_BY_DATABASE,
                refused.detail(),
                row.key(),
                row.event().value(),
                row.headers());
    }

    private static Set<YearMonth> months(Batch batch) {
        return batch.events().stream()
                .map(row -> YearMonth.from(
                        Instant.ofEpochMilli(row.appendedAtMillis()).atOffset(ZoneOffset.UTC)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

package dev.millrace.sink.write;

import dev.millrace.sink.batch.Batch;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The database as {@link BatchWriter} needs it: the single steps of its transaction, one transaction
 * at a time. The order of the steps and what a failure means are the writer's business. After a
 * failure of any step the only allowed one is {@link #discard}. Not thread-safe.
 */
interface Primary extends AutoCloseable {
    /** Outside a transaction: makes the table partitions that a batch needs. */
    void makeRoom(Batch batch) throws SQLException;

    /** A table partition that was there may be gone: looks again the next time. */
    void forgetRoom();

    /**
     * Begins a transaction, and reads how far partitions are stored; waits for a transaction that is
     * moving them, so the answer is decided.
     *
     * @throws WriteException to stop, if the rows belong to an earlier topic of that name
     */
    List<StoredOffset> lockOffsets(Collection<Integer> partitions) throws SQLException;

    /**
     * In a transaction that holds the offsets of these partitions: records gaps that they stand before,
     * and moves the offsets past those which a person has accepted.
     */
    void passGaps(Collection<Gap> gaps) throws SQLException;

    /** Begins a transaction, and accepts every gap that waits for it. */
    List<Gap> acceptGaps() throws SQLException;

    /**
     * Begins a transaction, and moves the offsets of a batch from the values it was read at.
     *
     * @return the partitions that stand somewhere else; if there are any, roll back
     */
    Set<Integer> advance(Batch batch) throws SQLException;

    /**
     * Writes the rows of a batch.
     *
     * @return the events that are not stored
     * @throws RefusedRowException if the database named the row that it refuses
     */
    Verdicts writeRows(Batch batch, WritePath path) throws SQLException;

    /** Takes what is not stored out of the count of stored events. */
    void recount(Batch batch, Verdicts verdicts) throws SQLException;

    /** @throws SQLException if it is not known whether the transaction happened */
    void commit() throws SQLException;

    void rollback() throws SQLException;

    /** Gives up the connection without a word to the server, which rolls back. */
    void discard();

    @Override
    void close();
}

package dev.millrace.sink.write;

import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.OffsetRange;
import dev.millrace.sink.batch.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rows of {@code sink_offset}: the only place where offsets move. Every method is one step of a
 * transaction that somebody else began and ends. Thread-safe.
 */
final class OffsetStore {
    private static final String ENROL = """
            INSERT INTO sink_offset (topic, kafka_partition, topic_id, next_offset)
            SELECT ?, kafka_partition, ?, 0 FROM unnest(?::int[]) AS kafka_partition
            ON CONFLICT DO NOTHING
            """;

    /** Waits for a transaction that is still moving the row, so that what it returns is decided. */
    private static final String READ = """
            SELECT kafka_partition, topic_id, next_offset, coalesce(leader_epoch, -1),
                   floor(extract(epoch FROM last_appended_at) * 1000)
            FROM sink_offset WHERE topic = ? AND kafka_partition = ANY (?::int[])
            ORDER BY kafka_partition FOR UPDATE
            """;

    private static final String ADVANCE = """
            UPDATE sink_offset
            SET next_offset = ?, leader_epoch = ?,
                last_appended_at = timestamptz 'epoch' + ? * interval '1 millisecond',
                stored = stored + ?, rejected = rejected + ?, updated_at = now()
            WHERE topic = ? AND kafka_partition = ? AND topic_id = ? AND next_offset = ?
            """;

    /** For events that were counted as stored before the database had its say. */
    private static final String RECOUNT = """
            UPDATE sink_offset
            SET stored = stored - ? - ?, duplicates = duplicates + ?, rejected = rejected + ?
            WHERE topic = ? AND kafka_partition = ?
            """;

    private final String topic;
    private final String topicId;

    OffsetStore(String topic, String topicId) {
        this.topic = topic;
        this.topicId = topicId;
    }

    /**
     * Reads how far partitions are stored; one that is new begins at 0.
     *
     * @throws WriteException to stop, if the rows belong to an earlier topic of that name
     */
    List<StoredOffset> read(Connection connection, Collection<Integer> partitions) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ENROL)) {
            statement.setString(1, topic);
            statement.setString(2, topicId);
            statement.setArray(3, connection.createArrayOf("int4", partitions.toArray()));
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setString(1, topic);
            statement.setArray(2, connection.createArrayOf("int4", partitions.toArray()));
            List<StoredOffset> offsets = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    checkTopic(row.getInt(1), row.getString(2));
                    long lastAppendedAt = row.getLong(5);
                    offsets.add(new StoredOffset(
                            row.getInt(1),
                            row.getLong(3),
                            row.getInt(4),
                            row.wasNull() ? Long.MIN_VALUE : lastAppendedAt));
                }
            }
            return offsets;
        }
    }

    /**
     * Moves the offsets of a batch from the values it was read at, and counts its rows.
     *
     * @return the partitions that stand somewhere else; if there are any, roll back
     */
    Set<Integer> advance(Connection connection, Batch batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
            for (OffsetRange range : batch.ranges()) {
                statement.setLong(1, range.end());
                statement.setObject(2, range.leaderEpoch(), Types.INTEGER);
                statement.setObject(3, range.hasRecords() ? range.lastAppendedAtMillis() : null, Types.BIGINT);
                statement.setLong(4, count(batch.events(), range.partition()));
                statement.setLong(5, count(batch.rejected(), range.partition()));
                statement.setString(6, topic);
                statement.setInt(7, range.partition());
                statement.setString(8, topicId);
                statement.setLong(9, range.start());
                statement.addBatch();
            }
            int[] updated = statement.executeBatch();
            Set<Integer> moved = new TreeSet<>();
            for (int index = 0; index < updated.length; index++) {
                if (updated[index] != 1) {
                    moved.add(batch.ranges().get(index).partition());
                }
            }
            return moved;
        }
    }

    /** Takes what is not stored out of the count of stored events. */
    void recount(Connection connection, Batch batch, Verdicts verdicts) throws SQLException {
        if (verdicts.count() == 0) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(RECOUNT)) {
            for (OffsetRange range : batch.ranges()) {
                long duplicates = count(verdicts.duplicates(), range.partition());
                long rejected = count(verdicts.rejected(), range.partition());
                statement.setLong(1, duplicates);
                statement.setLong(2, rejected);
                statement.setLong(3, duplicates);
                statement.setLong(4, rejected);
                statement.setString(5, topic);
                statement.setInt(6, range.partition());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static long count(List<? extends Row> rows, int partition) {
        return rows.stream().filter(row -> row.partition() == partition).count();
    }

    private void checkTopic(int partition, String storedTopicId) {
        if (!storedTopicId.equals(topicId)) {
            throw new WriteException(
                    WriteException.Kind.STOP,
                    "the topic was deleted and made again: topic=" + topic + " partition=" + partition
                            + " storedTopicId=" + storedTopicId + " topicId=" + topicId);
        }
    }
}

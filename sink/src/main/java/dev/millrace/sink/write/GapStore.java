package dev.millrace.sink.write;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The rows of {@code sink_gap}, and the only way past one. Every method is one step of a transaction
 * that somebody else began and ends. Thread-safe.
 */
final class GapStore {
    /** Once, and only while the partition stands before it; what is there stays as it was found. */
    private static final String RECORD = """
            INSERT INTO sink_gap (topic, kafka_partition, from_offset, until_offset, reason)
            SELECT topic, kafka_partition, next_offset, ?, 'retention'
            FROM sink_offset WHERE topic = ? AND kafka_partition = ? AND next_offset = ?
            ON CONFLICT DO NOTHING
            """;

    /**
     * A compare-and-swap from the gap's beginning to its end, but never over a record that Kafka holds.
     * The epoch goes: it was that of a record before the gap.
     */
    private static final String PASS = """
            UPDATE sink_offset
            SET next_offset = least(gap.until_offset, ?), leader_epoch = NULL, updated_at = now()
            FROM sink_gap gap
            WHERE sink_offset.topic = ? AND sink_offset.kafka_partition = ? AND sink_offset.next_offset = ?
                  AND gap.topic = sink_offset.topic AND gap.kafka_partition = sink_offset.kafka_partition
                  AND gap.from_offset = sink_offset.next_offset AND gap.accepted_at IS NOT NULL
            """;

    private static final String ACCEPT = """
            UPDATE sink_gap SET accepted_at = now() WHERE topic = ? AND accepted_at IS NULL
            RETURNING kafka_partition, from_offset, until_offset
            """;

    private final String topic;

    GapStore(String topic) {
        this.topic = topic;
    }

    /** Records gaps which are not recorded yet, and passes those which a person has accepted. */
    void pass(Connection connection, Collection<Gap> gaps) throws SQLException {
        for (String step : List.of(RECORD, PASS)) {
            try (PreparedStatement statement = connection.prepareStatement(step)) {
                for (Gap gap : gaps) {
                    statement.setLong(1, gap.until());
                    statement.setString(2, topic);
                    statement.setInt(3, gap.partition());
                    statement.setLong(4, gap.from());
                    statement.executeUpdate();
                }
            }
        }
    }

    /** Accepts every gap that waits for it. */
    List<Gap> accept(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ACCEPT)) {
            statement.setString(1, topic);
            List<Gap> accepted = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    accepted.add(new Gap(row.getInt(1), row.getLong(2), row.getLong(3)));
                }
            }
            return accepted;
        }
    }
}

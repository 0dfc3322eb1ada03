package dev.millrace.compose.bench;

import dev.millrace.schemas.Topic;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the replica what the query API asks it for a first page: the offsets, then the events below them, in one
 * transaction and with the same settings of the session. Its statements are prepared once.
 */
final class JdbcAsker implements Asker {
    static final String TYPE = "BOOK-LENT";

    private static final String SETTINGS = "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ,"
            + " READ ONLY; SET plan_cache_mode = force_custom_plan; SET statement_timeout = '2s'; SET TIME ZONE 'UTC'";

    private static final String OFFSETS = "SELECT kafka_partition, next_offset, last_appended_at, topic_id, stored,"
            + " rejected FROM sink_offset WHERE topic = ? ORDER BY kafka_partition";

    private static final String EVENTS = "SELECT kafka_partition, kafka_offset, appended_at, event_id, event_type,"
            + " event_key, occurred_at, payload, metadata FROM event"
            + " WHERE kafka_offset <= (?::bigint[])[kafka_partition + 1] AND appended_at <= ?"
            + " AND event_type = ? AND payload @> ?::jsonb"
            + " ORDER BY appended_at, kafka_partition, kafka_offset LIMIT ?";

    private static final int ROWS = 101;

    /** What the query API tells the planner, see its EventQuery. */
    private static final int PLANNED_ROWS = 1_001;

    private static final int COLUMNS = 9;

    private final Connection connection;
    private final PreparedStatement offsets;
    private final PreparedStatement events;

    /** @param readerUrl JDBC address of the replica with the query API's credentials */
    JdbcAsker(String readerUrl) throws SQLException {
        connection = BoundedConnection.open(readerUrl);
        try {
            connection.createStatement().execute(SETTINGS);
            connection.setAutoCommit(false);
            offsets = connection.prepareStatement(OFFSETS);
            offsets.setString(1, Topic.EVENTS.topicName());
            events = connection.prepareStatement(EVENTS);
            events.setFetchSize(ROWS);
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    /** What the payload of a loan of this book contains. */
    static String match(String book) {
        return "{\"bookId\":\"" + book + "\"}";
    }

    @Override
    public int ask(String book) throws SQLException {
        bindOffsets();
        events.setString(3, TYPE);
        events.setString(4, match(book));
        events.setInt(5, PLANNED_ROWS);
        int count = 0;
        try (ResultSet row = events.executeQuery()) {
            while (count < ROWS && row.next()) {
                for (int column = 1; column <= COLUMNS; column++) {
                    row.getString(column);
                }
                count++;
            }
        }
        connection.commit();
        return count;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private void bindOffsets() throws SQLException {
        List<Long> through = new ArrayList<>();
        @Nullable Timestamp latest = null;
        try (ResultSet row = offsets.executeQuery()) {
            while (row.next()) {
                through.add(row.getLong(2) - 1);
                Timestamp last = row.getTimestamp(3);
                latest = latest == null || last != null && last.after(latest) ? last : latest;
            }
        }
        Array array = connection.createArrayOf("bigint", through.toArray());
        events.setArray(1, array);
        events.setTimestamp(2, latest);
    }
}

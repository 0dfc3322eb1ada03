package dev.millrace.compose.bench;

import dev.millrace.schemas.Topic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Asks the replica what the query API asks it for a first page: the offsets and the events, sent together, in one
 * transaction and with the same settings of the session but the time it has. Its statements are prepared once.
 */
final class JdbcAsker implements Asker {
    static final String TYPE = "BOOK-LENT";

    /** With more time than the API has: it asks in one way only, and has to bring its answer home. */
    private static final String SETTINGS = "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ,"
            + " READ ONLY; SET plan_cache_mode = force_custom_plan; SET statement_timeout = '10s'; SET TIME ZONE 'UTC'";

    private static final String OFFSETS = "SELECT kafka_partition, next_offset, last_appended_at, topic_id, stored,"
            + " rejected FROM sink_offset WHERE topic = ? ORDER BY kafka_partition";

    private static final String EVENTS = "SELECT kafka_partition, kafka_offset, appended_at, event_id, event_type,"
            + " event_key, occurred_at, payload, metadata FROM event"
            + " WHERE appended_at <= ? AND event_type = ? AND payload @> ?::jsonb"
            + " ORDER BY appended_at, kafka_partition, kafka_offset LIMIT ?";

    private static final int ROWS = 101;

    /** The part of all events that the query API tells the planner is wanted, see its Attempt. */
    private static final int PART_OF_A_GUESS = 900;

    private static final int OFFSET_COLUMNS = 6;
    private static final int EVENT_COLUMNS = 9;

    private final Connection connection;
    private final PreparedStatement question;

    /**
     * @param readerUrl JDBC address of the replica with the query API's credentials
     * @param events how many are stored
     */
    JdbcAsker(String readerUrl, long events) throws SQLException {
        connection = BoundedConnection.open(readerUrl);
        try {
            connection.createStatement().execute(SETTINGS);
            connection.setAutoCommit(false);
            question = connection.prepareStatement(OFFSETS + "; " + EVENTS);
            question.setFetchSize(ROWS);
            question.setString(1, Topic.EVENTS.topicName());
            question.setObject(2, OffsetDateTime.now(ZoneOffset.UTC).plusHours(1));
            question.setString(3, TYPE);
            question.setLong(5, Math.max(ROWS, events / PART_OF_A_GUESS));
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
        question.setString(4, match(book));
        question.execute();
        readAll(question.getResultSet(), OFFSET_COLUMNS);
        question.getMoreResults();
        int count = readAll(question.getResultSet(), EVENT_COLUMNS);
        connection.commit();
        return count;
    }

    private static int readAll(ResultSet row, int columns) throws SQLException {
        int count = 0;
        while (count < ROWS && row.next()) {
            for (int column = 1; column <= columns; column++) {
                row.getString(column);
            }
            count++;
        }
        return count;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

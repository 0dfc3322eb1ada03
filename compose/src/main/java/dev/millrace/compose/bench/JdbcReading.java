package dev.millrace.compose.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Reads all events in their order with one statement, every value as the text that the server prints. */
record JdbcReading(String readerUrl) implements WholeReading {
    private static final String EVENTS = "SELECT kafka_partition, kafka_offset, appended_at, event_id, event_type,"
            + " event_key, occurred_at, payload, metadata FROM event ORDER BY appended_at, kafka_partition, kafka_offset";
    private static final int COLUMNS = 9;
    private static final int ROWS = 5_000;

    @Override
    public Result read() throws SQLException {
        try (Connection connection = BoundedConnection.open(readerUrl);
                Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = 0");
            connection.setAutoCommit(false);
            statement.setFetchSize(ROWS);
            long events = 0;
            long bytes = 0;
            try (ResultSet row = statement.executeQuery(EVENTS)) {
                while (row.next()) {
                    for (int column = 1; column <= COLUMNS; column++) {
                        byte[] value = row.getBytes(column);
                        bytes += value == null ? 0 : value.length;
                    }
                    events++;
                }
            }
            return new Result(events, bytes);
        }
    }
}

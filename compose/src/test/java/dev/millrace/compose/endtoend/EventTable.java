package dev.millrace.compose.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** What one server holds. Not thread-safe. */
final class EventTable implements AutoCloseable {
    private final Connection connection;

    EventTable(String url) throws SQLException {
        connection = DriverManager.getConnection(url);
    }

    /** Events, as the offsets' rows count them. */
    long stored() throws SQLException {
        return number("SELECT coalesce(sum(stored), 0) FROM sink_offset");
    }

    /** Event ids by position. */
    Map<String, String> rows() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT kafka_partition || ':' || kafka_offset, event_id FROM event")) {
            Map<String, String> rows = new HashMap<>();
            while (row.next()) {
                assertThat(rows.put(row.getString(1), row.getString(2))).isNull();
            }
            return rows;
        }
    }

    /** Everything that is counted, in one snapshot. */
    String figures() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT format('events=%s identities=%s offsets=%s stored=%s duplicates=%s rejected=%s',"
                                + " (SELECT count(*) FROM event), (SELECT count(*) FROM event_identity),"
                                + " sum(next_offset), sum(stored), sum(duplicates),"
                                + " sum(rejected) + (SELECT count(*) FROM rejected_event)) FROM sink_offset")) {
            row.next();
            return row.getString(1);
        }
    }

    /** Rows that were appended before the row in front of them in their partition. */
    long outOfOrder() throws SQLException {
        return number("SELECT count(*) FROM (SELECT appended_at < lag(appended_at)"
                + " OVER (PARTITION BY kafka_partition ORDER BY kafka_offset) AS early FROM event) WHERE early");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}

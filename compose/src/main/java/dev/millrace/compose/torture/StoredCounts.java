package dev.millrace.compose.torture;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a database says that it holds.
 *
 * @param rejected by reason
 */
record StoredCounts(long stored, long duplicates, Map<String, Long> rejected) {
    static StoredCounts read(Connection database) throws SQLException {
        try (Statement statement = database.createStatement()) {
            long stored;
            long duplicates;
            try (ResultSet row = statement.executeQuery(
                    "SELECT coalesce(sum(stored), 0), coalesce(sum(duplicates), 0) FROM sink_offset")) {
                row.next();
                stored = row.getLong(1);
                duplicates = row.getLong(2);
            }
            Map<String, Long> rejected = new TreeMap<>();
            try (ResultSet row =
                    statement.executeQuery("SELECT reason, count(*) FROM rejected_event GROUP BY reason")) {
                while (row.next()) {
                    rejected.put(row.getString(1), row.getLong(2));
                }
            }
            return new StoredCounts(stored, duplicates, rejected);
        }
    }
}

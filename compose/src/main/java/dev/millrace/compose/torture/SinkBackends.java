package dev.millrace.compose.torture;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The primary's backends that sinks write through. Thread-safe. */
final class SinkBackends implements AutoCloseable {
    private static final String PIDS = """
            SELECT pid FROM pg_stat_activity
            WHERE usename = 'millrace_writer' AND backend_type = 'client backend' ORDER BY backend_start
            """;

    private final ImpatientConnection primary;

    /** @param primaryUrl JDBC address with the owner's credentials, not through the spoilt line */
    SinkBackends(String primaryUrl) {
        primary = new ImpatientConnection(primaryUrl, "millrace torture backends", Duration.ofSeconds(3));
    }

    /** Their pids, the oldest first; none while the primary does not answer. */
    synchronized List<Long> pids() {
        List<Long> pids = new ArrayList<>();
        try (Statement statement = primary.open().createStatement();
                ResultSet row = statement.executeQuery(PIDS)) {
            while (row.next()) {
                pids.add(row.getLong(1));
            }
        } catch (SQLException away) {
            primary.discard();
        }
        return pids;
    }

    @Override
    public synchronized void close() {
        primary.discard();
    }
}

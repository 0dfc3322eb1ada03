package dev.millrace.sink.upkeep;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Analyses tables that grow from nothing: without statistics, or with those of its first hour, a query
 * on a young partition gets a plan that is a thousand times too slow, and autovacuum comes late. The
 * counts are the server's own, so nothing is read for them. Not thread-safe.
 */
final class Statistics {
    private static final Logger LOG = LoggerFactory.getLogger(Statistics.class);

    private static final long[] FIRST_ROWS = {1_000, 10_000, 100_000};

    private static final String COUNTS = """
            SELECT quote_ident(relname), n_live_tup, n_mod_since_analyze FROM pg_stat_user_tables
            WHERE n_mod_since_analyze > 0 AND (relid = 'event_identity'::regclass
                OR relid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'event'::regclass))
            """;

    /** Analyses what has grown enough since the last time. */
    void step(Connection session) throws SQLException {
        for (Growth growth : growths(session)) {
            if (isDue(growth.rows() - growth.since(), growth.rows())) {
                try (Statement statement = session.createStatement()) {
                    // Where autovacuum is at work on the table, it comes to the same.
                    statement.execute("ANALYZE (SKIP_LOCKED) " + growth.table());
                }
                LOG.debug("analysed: table={} rows={}", growth.table(), growth.rows());
            }
        }
    }

    /**
     * @param analysed how many rows there were at the last time
     * @param rows how many there are
     */
    static boolean isDue(long analysed, long rows) {
        for (long first : FIRST_ROWS) {
            if (analysed < first) {
                return rows >= first;
            }
        }
        return rows >= 2 * analysed;
    }

    private static List<Growth> growths(Connection session) throws SQLException {
        List<Growth> growths = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(COUNTS)) {
            while (row.next()) {
                growths.add(new Growth(row.getString(1), row.getLong(2), row.getLong(3)));
            }
        }
        return growths;
    }

    /** How many rows a table has, and how many of them came since it was analysed. */
    private record Growth(String table, long rows, long since) {}
}

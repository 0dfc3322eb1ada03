package dev.millrace.sink.upkeep;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much is waiting in the pending lists of the GIN indexes on {@code event}, which every query
 * with a {@code match} reads through. One thread measures, others may ask for {@link #bytes}.
 */
final class PendingLists {
    private static final Logger LOG = LoggerFactory.getLogger(PendingLists.class);

    /** The indexes are chosen before any is read: the function refuses what is no GIN index. */
    private static final String SIZE = "WITH gin AS MATERIALIZED (" + GinIndexes.OIDS
            + ") SELECT coalesce(sum(pending_pages), 0) * current_setting('block_size')::int"
            + " FROM gin, LATERAL pgstatginindex(indexrelid)";

    private static final String ADD_EXTENSION = "\"CREATE EXTENSION pgstattuple\" in this database, as a superuser";

    private boolean failing;
    private volatile double bytes = Double.NaN;

    /** Bytes in all lists together, not a number while it is not known. */
    double bytes() {
        return bytes;
    }

    /** Measures anew. Reads one page of each index. A database that cannot say is a warning, once. */
    void measure(Connection session) {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(SIZE)) {
            row.next();
            bytes = row.getDouble(1);
            failing = false;
        } catch (SQLException failure) {
            forget();
            if (!failing) {
                // 42883: no such function. Only a superuser can add the extension that has it.
                LOG.warn(
                        "size of the pending lists not known, will ask again: sqlState={} toDo={}",
                        failure.getSQLState(),
                        "42883".equals(failure.getSQLState()) ? ADD_EXTENSION : "none",
                        failure);
            }
            failing = true;
        }
    }

    /** The database does not answer. */
    void forget() {
        bytes = Double.NaN;
    }
}

package dev.millrace.sink.upkeep;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much is waiting in the pending lists of the GIN indexes on {@code event}, which every query
 * with a {@code match} reads through. Asked on a connection and in a thread of its own, so that no
 * batch waits for it. Reads one page of each index. Thread-safe.
 */
public final class PendingLists implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PendingLists.class);

    /** The indexes are chosen before any is read: the function refuses what is no GIN index. */
    private static final String SIZE = """
            WITH gin AS MATERIALIZED (
                SELECT indexrelid FROM pg_partition_tree('event') AS part
                JOIN pg_index ON indrelid = part.relid AND indisvalid
                JOIN pg_class ON pg_class.oid = indexrelid AND relkind = 'i'
                JOIN pg_am ON pg_am.oid = relam AND amname = 'gin')
            SELECT coalesce(sum(pending_pages), 0) * current_setting('block_size')::int
            FROM gin, LATERAL pgstatginindex(indexrelid)
            """;

    private static final String ADD_EXTENSION = "\"CREATE EXTENSION pgstattuple\" in this database, as a superuser";

    private final String ownerUrl;
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "pending-lists");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Connection connection;
    private boolean failing;
    private volatile double bytes = Double.NaN;

    /**
     * Begins to ask.
     *
     * @param ownerUrl JDBC address of the primary with the owner's credentials
     * @param interval pause between two questions
     */
    public PendingLists(String ownerUrl, Duration interval) {
        this.ownerUrl = ownerUrl;
        executor.scheduleWithFixedDelay(this::sample, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Bytes in all lists together, not a number while it is not known. */
    public double bytes() {
        return bytes;
    }

    @Override
    public void close() {
        executor.execute(this::disconnect);
        executor.shutdown();
    }

    private void sample() {
        try (Statement statement = connected().createStatement();
                ResultSet row = statement.executeQuery(SIZE)) {
            row.next();
            bytes = row.getDouble(1);
            failing = false;
        } catch (SQLException failure) {
            bytes = Double.NaN;
            disconnect();
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

    private Connection connected() throws SQLException {
        if (connection == null) {
            Properties properties = new Properties();
            properties.setProperty("ApplicationName", "millrace-pending-lists");
            properties.setProperty("connectTimeout", "5");
            properties.setProperty("socketTimeout", "10");
            properties.setProperty("options", "-c lock_timeout=1s -c statement_timeout=2s");
            connection = DriverManager.getConnection(ownerUrl, properties);
        }
        return connection;
    }

    private void disconnect() {
        Connection old = connection;
        connection = null;
        if (old != null) {
            try {
                old.close();
            } catch (SQLException alreadyGone) {
                // It is not used again either way.
            }
        }
    }
}

package dev.millrace.sink.write;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The one connection that batches are written on. It is thrown away after any failure, since a
 * connection that was in the middle of a COPY cannot be trusted. Not thread-safe.
 */
final class PrimarySession implements AutoCloseable {
    private static final Executor AT_ONCE = Runnable::run;

    private final String writerUrl;
    private final String name;
    private @Nullable Connection connection;

    /**
     * @param writerUrl JDBC address of the primary with the writer's credentials
     * @param name shown as {@code application_name}
     */
    PrimarySession(String writerUrl, String name) {
        this.writerUrl = writerUrl;
        this.name = name;
    }

    /**
     * The connection, outside a transaction and with automatic commit off.
     *
     * @throws SQLException if there is none to be had, or the server is a standby
     */
    Connection connection() throws SQLException {
        if (connection == null) {
            connection = open();
        }
        return connection;
    }

    /**
     * The connection that a transaction was begun on; never a new one, on which only half of it would
     * happen.
     */
    Connection connectionInUse() {
        if (connection == null) {
            throw new IllegalStateException("no transaction was begun");
        }
        return connection;
    }

    /** Ends the connection without a word to the server, which rolls back. */
    void discard() {
        Connection broken = connection;
        connection = null;
        if (broken != null) {
            try {
                broken.abort(AT_ONCE);
            } catch (SQLException alreadyGone) {
                // It is not used again either way.
            }
        }
    }

    @Override
    public void close() {
        discard();
    }

    private Connection open() throws SQLException {
        Connection fresh = DriverManager.getConnection(writerUrl, properties());
        try (Statement statement = fresh.createStatement()) {
            // Long enough that a frozen owner is found while we wait for its lock.
            statement.execute("SET lock_timeout = '10s'; SET statement_timeout = '30s';"
                    + " SET transaction_timeout = '60s'; SET idle_in_transaction_session_timeout = '10s';"
                    + " SET TimeZone = 'UTC'");
            try (ResultSet row = statement.executeQuery("SELECT pg_is_in_recovery()")) {
                row.next();
                if (row.getBoolean(1)) {
                    throw new SQLException("the server is a standby, not the primary", "25006");
                }
            }
            fresh.setAutoCommit(false);
            return fresh;
        } catch (SQLException failure) {
            fresh.abort(AT_ONCE);
            throw failure;
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", name);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("tcpKeepAlive", "true");
        // Above statement_timeout and transaction_timeout: the server is to end a statement, not the socket.
        properties.setProperty("socketTimeout", "90");
        return properties;
    }
}

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
 * One connection to the primary, made when it is needed. It is thrown away after any failure, since a
 * connection that was in the middle of a COPY cannot be trusted. Not thread-safe.
 */
final class PrimarySession implements AutoCloseable {
    /**
     * How long a batch lets the pending list of a GIN index grow before it empties the list itself, which takes
     * seconds: long, since the upkeep's lane empties it before.
     */
    static final String PENDING_LIST = "SET gin_pending_list_limit = '32MB'";

    private static final Executor AT_ONCE = Runnable::run;

    private final PrimaryLogin login;
    private @Nullable Connection connection;
    private @Nullable ServerIdentity server;

    PrimarySession(PrimaryLogin login) {
        this.login = login;
    }

    /**
     * The connection, outside a transaction and with automatic commit off.
     *
     * @throws SQLException if there is none to be had, or the server is a standby or an old primary
     */
    Connection connection() throws SQLException {
        if (connection == null || server == null) {
            connection = open();
        } else {
            // Also one that is open: meanwhile another session may have met a server that was promoted.
            login.timelines().require(server);
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
        Connection fresh = DriverManager.getConnection(login.url(), properties());
        try (Statement statement = fresh.createStatement()) {
            // Long enough that a frozen owner is found while we wait for its lock.
            statement.execute("SET lock_timeout = '10s'; SET statement_timeout = '30s';"
                    + " SET transaction_timeout = '60s'; SET idle_in_transaction_session_timeout = '10s';"
                    + " SET TimeZone = 'UTC'; " + PENDING_LIST);
            try (ResultSet row = statement.executeQuery("SELECT pg_is_in_recovery()")) {
                row.next();
                if (row.getBoolean(1)) {
                    throw new SQLException("the server is a standby, not the primary", "25006");
                }
            }
            ServerIdentity identity = ServerIdentity.of(fresh);
            login.timelines().require(identity);
            server = identity;
            fresh.setAutoCommit(false);
            return fresh;
        } catch (SQLException failure) {
            fresh.abort(AT_ONCE);
            throw failure;
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", login.name());
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("tcpKeepAlive", "true");
        // Above statement_timeout and transaction_timeout: the server is to end a statement, not the socket.
        properties.setProperty("socketTimeout", "90");
        if (login.timelines().isRefusing()) {
            // Of several addresses the driver takes the first that is writable, so it would never leave the old
            // primary.
            properties.setProperty("loadBalanceHosts", "true");
        }
        return properties;
    }
}

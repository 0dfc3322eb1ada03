package dev.millrace.sink.upkeep;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A session of the owner's that may hold a lock which one session of a database can hold. The server
 * takes the lock back when the session ends, however it ends. Not thread-safe, except for {@link #close}.
 */
public final class Lead implements AutoCloseable {
    /**
     * A leader that froze says nothing, and its kernel keeps the connection: the server is to end it. Above
     * the longest time that a leader is silent of its own accord. A statement ends soon after its client.
     */
    private static final String SESSION = "SET idle_session_timeout = '2min';"
            + " SET idle_in_transaction_session_timeout = '1min'; SET client_connection_check_interval = '10s';"
            + " SET lock_timeout = '5s'; SET TimeZone = 'UTC'; SET statement_timeout = ";

    private final String ownerUrl;
    private final String name;
    private final long lock;
    private final Duration statementLimit;
    private volatile @Nullable Connection connection;
    private boolean held;

    /**
     * @param ownerUrl JDBC address of the primary with the owner's credentials
     * @param name shown as {@code application_name}
     * @param lock number of the advisory lock
     * @param statementLimit most time of a statement
     */
    public Lead(String ownerUrl, String name, long lock, Duration statementLimit) {
        this.ownerUrl = ownerUrl;
        this.name = name;
        this.lock = lock;
        this.statementLimit = statementLimit;
    }

    /**
     * The session, each statement a transaction; whether it leads or not.
     *
     * @throws SQLException if there is none to be had
     */
    public Connection session() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = DriverManager.getConnection(ownerUrl, properties());
            connection = open;
            held = false;
            try (Statement statement = open.createStatement()) {
                statement.execute(SESSION + statementLimit.toMillis());
            }
        }
        return open;
    }

    /**
     * Whether the session has the lock; it stays so until the session ends. Takes it if it is free.
     *
     * @throws SQLException if the database could not be asked
     */
    public boolean isHeld() throws SQLException {
        Connection session = session();
        if (!held) {
            try (Statement statement = session.createStatement();
                    ResultSet row = statement.executeQuery("SELECT pg_try_advisory_lock(" + lock + ")")) {
                held = row.next() && row.getBoolean(1);
            }
        }
        return held;
    }

    /** Ends the session without a word to the server, which may not answer. The next question opens another. */
    @Override
    public void close() {
        Connection old = connection;
        connection = null;
        if (old != null) {
            try {
                old.abort(Runnable::run);
            } catch (SQLException alreadyGone) {
                // It is not used again either way.
            }
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", name);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("tcpKeepAlive", "true");
        // A standby would let us lead, and then take no change.
        properties.setProperty("targetServerType", "primary");
        // Above statement_timeout: the server is to end a statement, not the socket.
        properties.setProperty("socketTimeout", Long.toString(statementLimit.toSeconds() + 10));
        return properties;
    }
}

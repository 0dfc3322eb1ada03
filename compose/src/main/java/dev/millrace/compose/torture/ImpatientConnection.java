package dev.millrace.compose.torture;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A connection to a server that is expected to be away at times. Not thread-safe. */
final class ImpatientConnection {
    private final String url;
    private final String name;
    private final Duration patience;
    private @Nullable Connection connection;

    /**
     * @param name shown to the database's operators
     * @param patience the longest that an answer may take, whole seconds
     */
    ImpatientConnection(String url, String name, Duration patience) {
        this.url = url;
        this.name = name;
        this.patience = patience;
    }

    /**
     * The connection, with automatic commit on; no answer takes longer than it has patience.
     *
     * @throws SQLException if there is none to be had now
     */
    Connection open() throws SQLException {
        if (connection == null) {
            Properties properties = new Properties();
            properties.setProperty("connectTimeout", "2");
            properties.setProperty("loginTimeout", "3");
            properties.setProperty("socketTimeout", Long.toString(patience.toSeconds()));
            properties.setProperty("ApplicationName", name);
            connection = DriverManager.getConnection(url, properties);
        }
        return connection;
    }

    /** Forgets the connection; the next one is new. */
    void discard() {
        Connection broken = connection;
        connection = null;
        if (broken != null) {
            try {
                broken.abort(Runnable::run);
            } catch (SQLException gone) {
                // It is not used again either way.
            }
        }
    }
}

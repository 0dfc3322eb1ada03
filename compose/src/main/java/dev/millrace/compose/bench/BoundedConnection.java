package dev.millrace.compose.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/** Connections of probes, which a server that hangs must not keep from their end. */
final class BoundedConnection {
    /** No answer takes longer; after it the connection is broken. */
    static final Duration LIMIT = Duration.ofMinutes(2);

    private BoundedConnection() {}

    static Connection open(String url) throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        try {
            connection.setNetworkTimeout(Runnable::run, (int) LIMIT.toMillis());
            return connection;
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }
}

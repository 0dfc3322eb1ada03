package dev.millrace.compose.stack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The few words that setting up a server needs, on one connection. Not thread-safe. */
final class Sql implements AutoCloseable {
    private final Connection connection;

    Sql(JdbcUrl login) throws SQLException {
        this.connection = connect(login);
    }

    /** A plain connection; it gives up within seconds if nobody answers. */
    static Connection connect(JdbcUrl login) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("ApplicationName", "millrace up");
        return DriverManager.getConnection(login.address(), properties);
    }

    Connection connection() {
        return connection;
    }

    void run(String statement) throws SQLException {
        try (Statement running = connection.createStatement()) {
            running.execute(statement);
        }
    }

    /** The first column of the first row; null if there is no row or no value. */
    @Nullable
    String ask(String question, String... parameters) throws SQLException {
        try (PreparedStatement asking = connection.prepareStatement(question)) {
            for (int i = 0; i < parameters.length; i++) {
                asking.setString(i + 1, parameters[i]);
            }
            try (ResultSet answer = asking.executeQuery()) {
                return answer.next() ? answer.getString(1) : null;
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

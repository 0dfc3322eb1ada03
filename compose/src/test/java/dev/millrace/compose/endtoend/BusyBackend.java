package dev.millrace.compose.endtoend;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A backend that computes without an end, and so never looks whether its server still lives. */
final class BusyBackend {
    private static final String SERIES = "generate_series(1, 1000000)";

    private BusyBackend() {}

    /**
     * Returns when it computes.
     *
     * @return completes with the failure that ends it
     */
    static CompletableFuture<Void> start(String url) throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        CompletableFuture<Void> done = CompletableFuture.runAsync(() -> {
            try (connection;
                    statement) {
                statement.execute("SELECT count(*) FROM " + SERIES + " a, " + SERIES + " b");
            } catch (SQLException ended) {
                throw new IllegalStateException(ended);
            }
        });
        await().atMost(Duration.ofSeconds(20)).until(() -> computes(url));
        return done;
    }

    private static boolean computes(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            return statement
                    .executeQuery("SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%" + SERIES
                            + "%' AND pid <> pg_backend_pid()")
                    .next();
        }
    }
}

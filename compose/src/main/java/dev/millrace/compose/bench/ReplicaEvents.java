package dev.millrace.compose.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The events on the replica, counted. */
record ReplicaEvents(String url) {
    /**
     * Counts them.
     *
     * @return how many there are
     * @throws IllegalStateException if there are not as many as wanted
     */
    long require(long wanted) throws SQLException {
        try (Connection replica = DriverManager.getConnection(url);
                Statement statement = replica.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM event")) {
            row.next();
            long found = row.getLong(1);
            if (found != wanted) {
                throw new IllegalStateException("the replica has " + found + " events, Kafka acknowledged " + wanted);
            }
            return found;
        }
    }
}

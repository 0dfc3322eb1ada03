package dev.millrace.compose.endtoend;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The events of a trial that were appended in a range of time. Which ones these are follows from nothing but what
 * Kafka did, so it is asked of the primary. Thread-safe.
 */
final class AppendedEvents {
    private final String primaryUrl;
    private final Instant from;
    private final Instant until;

    /** Replaced, never changed. */
    private volatile BitSet numbers = new BitSet();

    /** @param until exclusive */
    AppendedEvents(String primaryUrl, Instant from, Instant until) {
        this.primaryUrl = primaryUrl;
        this.from = from;
        this.until = until;
    }

    /** What finds them, and knows of those that were there when they were read last. */
    WalkFilter filter() {
        return new WalkFilter(
                "appended",
                List.of("appended_from", from.toString(), "appended_until", until.toString()),
                "",
                event -> numbers.get(event.number()),
                "appended_at >= '" + from + "' AND appended_at < '" + until + "'",
                Optional.of(this));
    }

    boolean include(Instant appendedAt) {
        return !appendedAt.isBefore(from) && appendedAt.isBefore(until);
    }

    /** The primary has by then whatever any answer was about. */
    void read() throws SQLException {
        BitSet read = new BitSet();
        try (Connection primary = DriverManager.getConnection(primaryUrl);
                Statement statement = primary.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT (payload->>'number')::int FROM event WHERE " + filter().sql())) {
            while (rows.next()) {
                read.set(rows.getInt(1));
            }
        }
        numbers = read;
    }

    int count() {
        return numbers.cardinality();
    }
}

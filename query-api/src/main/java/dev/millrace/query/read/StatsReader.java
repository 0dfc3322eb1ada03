package dev.millrace.query.read;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Counts events by the time they were appended. Thread-safe. */
public final class StatsReader {
    private static final String NOW = "SELECT now()";

    /**
     * A range of the index in answer order for each bucket: it is counted without its rows, faster than
     * rows that are put into groups. The span says the same again in a form that prunes table partitions
     * before the statement runs.
     */
    private static final String COUNT = """
            SELECT (SELECT count(*) FROM event
                    WHERE appended_at >= to_timestamp(bucket.number * ?)
                          AND appended_at < to_timestamp((bucket.number + 1) * ?)
                          AND appended_at >= ? AND appended_at < ?)
            FROM generate_series(?::bigint, ?::bigint) AS bucket (number)
            ORDER BY bucket.number""";

    private final Replica replica;

    public StatsReader(Replica replica) {
        this.replica = replica;
    }

    /**
     * The replica's time.
     *
     * @throws ReadException if the replica gave no answer
     */
    public Instant now() {
        return replica.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(NOW);
                    ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getObject(1, OffsetDateTime.class).toInstant();
            }
        });
    }

    /**
     * How many events each bucket has, in one snapshot.
     *
     * @return a number for each bucket, in their order, 0 for an empty one
     * @throws ReadException if the replica gave no answer; it is too expensive beyond tens of millions
     *     of events
     */
    public List<Long> count(Buckets buckets) {
        return replica.read(connection -> count(connection, buckets));
    }

    private static List<Long> count(Connection connection, Buckets buckets) throws SQLException {
        long step = buckets.stepSeconds();
        Sql sql = new Sql().add(COUNT, step, step, buckets.from(), buckets.until(), buckets.first(), buckets.last());
        List<Long> counts = new ArrayList<>();
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                counts.add(rows.getLong(1));
            }
        }
        return counts;
    }
}

package dev.millrace.query.read;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a walk has yet to show is still there: retention takes whole table partitions away, and a
 * reader that stands below the oldest one that is left would skip what it has not seen.
 */
final class RetainedData {
    /** A cursor that is not much older than the newest event stands in data that retention leaves alone. */
    private static final Duration RECENT = Duration.ofHours(1);

    /**
     * What is attached now, not in the snapshot: asked after the events, so that a partition which was gone when
     * their plan was made is missing here too.
     */
    private static final String OLDEST = """
            SELECT min((regexp_match(pg_get_expr(leaf.relpartbound, leaf.oid), $$FROM \\('([^']+)'\\)$$))[1]::timestamptz)
            FROM pg_partition_tree('event') AS tree JOIN pg_class AS leaf ON leaf.oid = tree.relid
            WHERE tree.isleaf AND tree.level > 0""";

    private RetainedData() {}

    /**
     * Whether something may be missing from a page of a walk that goes on.
     *
     * @param connection that has read the page, in the same transaction
     * @param now what is stored
     */
    static boolean isMissingFrom(Walk walk, CompleteThrough now, Connection connection) throws SQLException {
        Instant reached = walk.reached();
        Instant newest = now.latest();
        if (reached == null || newest == null || reached.isAfter(newest.minus(RECENT))) {
            return false;
        }
        Instant oldest = oldest(connection);
        return oldest == null || reached.isBefore(oldest);
    }

    private static @Nullable Instant oldest(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OLDEST);
                ResultSet row = statement.executeQuery()) {
            row.next();
            OffsetDateTime oldest = row.getObject(1, OffsetDateTime.class);
            return oldest == null ? null : oldest.toInstant();
        }
    }
}

package dev.millrace.sink.upkeep;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes partitions that are wholly too old: marks one, detaches it while others write, deletes what
 * leads to its events a little at a time, and drops it. The mark is in the database, so whoever comes
 * next goes on wherever this one stopped; doing a step twice changes nothing more. Not thread-safe.
 */
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private static final int CHUNK = 5_000;

    private static final String RETIRED = """
            SELECT quote_ident(relname) FROM pg_class
            WHERE relkind = 'r' AND NOT relispartition AND obj_description(oid, 'pg_class') LIKE ?
            AND relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'event'::regclass)
            ORDER BY relname LIMIT 1
            """;

    /** An identity that leads to another event, which came with the same id, stays. */
    private static final String FORGET = """
            WITH chunk AS MATERIALIZED (
                SELECT event_id, kafka_partition, kafka_offset FROM %s
                WHERE (kafka_partition, kafka_offset) > (?, ?)
                ORDER BY kafka_partition, kafka_offset LIMIT %d),
            gone AS (
                DELETE FROM event_identity AS identity USING chunk
                WHERE identity.event_id = chunk.event_id AND identity.kafka_partition = chunk.kafka_partition
                AND identity.kafka_offset = chunk.kafka_offset)
            SELECT kafka_partition, kafka_offset FROM chunk ORDER BY kafka_partition DESC, kafka_offset DESC LIMIT 1
            """;

    private final Duration keep;
    private final Clock clock;
    private Cursor cursor = Cursor.BEGINNING;

    /**
     * @param keep partitions whose last append time is longer ago are removed
     */
    Retention(Duration keep, Clock clock) {
        this.keep = keep;
        this.clock = clock;
    }

    /**
     * Does one small piece.
     *
     * @param session with automatic commit on
     * @param writtenUpTo a partition after this moment is being filled, and waits; empty if nobody writes
     * @return whether there is more to do now
     */
    boolean step(Connection session, Optional<Instant> writtenUpTo) throws SQLException {
        String retired = retired(session);
        return retired == null ? detach(session, writtenUpTo) : remove(session, retired);
    }

    private boolean detach(Connection session, Optional<Instant> writtenUpTo) throws SQLException {
        Instant oldest = clock.instant().minus(keep);
        Instant limit = writtenUpTo
                .map(moment -> moment.minus(SealedPartitions.MARGIN))
                .filter(oldest::isAfter)
                .orElse(oldest);
        for (TablePartition partition : TablePartition.attached(session)) {
            if (partition.until().isAfter(limit)) {
                continue;
            }
            if (!partition.detaching()) {
                TableMark.RETIRED.put(session, partition);
                LOG.info(
                        "table partition is too old, detaching it: table={} until={}",
                        partition.name(),
                        partition.until());
                execute(session, "ALTER TABLE event DETACH PARTITION " + partition.name() + " CONCURRENTLY");
                return true;
            }
            if (TableMark.RETIRED.isOn(partition)) {
                execute(session, "ALTER TABLE event DETACH PARTITION " + partition.name() + " FINALIZE");
                return true;
            }
        }
        return false;
    }

    private boolean remove(Connection session, String table) throws SQLException {
        Cursor from = cursor.in(table);
        try (PreparedStatement statement = session.prepareStatement(FORGET.formatted(table, CHUNK))) {
            statement.setInt(1, from.partition());
            statement.setLong(2, from.offset());
            try (ResultSet last = statement.executeQuery()) {
                if (last.next()) {
                    cursor = new Cursor(table, last.getInt(1), last.getLong(2));
                    return true;
                }
            }
        }
        execute(session, "DROP TABLE " + table);
        cursor = Cursor.BEGINNING;
        LOG.info("table partition is removed: table={}", table);
        return true;
    }

    /** A table that is marked and detached already. */
    private static @Nullable String retired(Connection session) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(RETIRED)) {
            statement.setString(1, "%" + TableMark.RETIRED.text() + "%");
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private static void execute(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The last row of a detached table whose identity is deleted. */
    private record Cursor(String table, int partition, long offset) {
        static final Cursor BEGINNING = new Cursor("", -1, -1);

        Cursor in(String other) {
            return table.equals(other) ? this : BEGINNING;
        }
    }
}

package dev.millrace.query.read;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads what the replica knows about itself. Thread-safe. */
public final class StatusReader {
    /**
     * A primary, as in tests, has no lag. A replica has none while all it received is replayed; one
     * that has received nothing since its start cannot tell.
     */
    private static final String STATUS = """
            SELECT CASE WHEN NOT pg_is_in_recovery() THEN 0
                        WHEN pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn() THEN 0
                        WHEN pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn() THEN (extract(
                             epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000)::bigint END,
                   CASE WHEN NOT pg_is_in_recovery() THEN 0
                        WHEN pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn() THEN 0
                        ELSE pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())::bigint END,
                   (SELECT appended_at FROM event
                    ORDER BY appended_at, kafka_partition, kafka_offset LIMIT 1),
                   (SELECT appended_at FROM event
                    ORDER BY appended_at DESC, kafka_partition DESC, kafka_offset DESC LIMIT 1)""";

    private static final String HEALTH = """
            SELECT to_regclass('event') IS NOT NULL AND to_regclass('event_identity') IS NOT NULL
                   AND to_regclass('sink_offset') IS NOT NULL,
                   pg_is_in_recovery()""";

    private final Replica replica;

    public StatusReader(Replica replica) {
        this.replica = replica;
    }

    /**
     * Everything in one snapshot.
     *
     * @throws ReadException if the replica gave no answer
     */
    public ReplicaStatus status() {
        return replica.read(StatusReader::status);
    }

    /**
     * Whether requests can be answered.
     *
     * @throws ReadException if the replica cannot be reached
     */
    public ReplicaHealth health() {
        return replica.read(StatusReader::health);
    }

    private static ReplicaStatus status(Connection connection) throws SQLException {
        StoredOffsets stored = StoredOffsets.read(connection);
        try (PreparedStatement statement = connection.prepareStatement(STATUS);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new ReplicaStatus(
                    stored.through(),
                    row.getObject(1, Long.class),
                    row.getObject(2, Long.class),
                    stored.events(),
                    stored.rejected(),
                    instant(row, 3),
                    instant(row, 4));
        }
    }

    private static ReplicaHealth health(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HEALTH);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new ReplicaHealth(row.getBoolean(1), row.getBoolean(2));
        }
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}

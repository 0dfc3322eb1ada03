package dev.millrace.query;

import dev.millrace.schemas.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes one partition of a store on a connection of its own, many events at a time. Their type is their offset mod 3. */
final class PartitionWriter implements AutoCloseable {
    private static final String EVENTS = """
            INSERT INTO event SELECT '2026-11-01Z'::timestamptz + n * interval '1 ms', ?, n, 'key', gen_random_uuid(),
                   'type-' || n % 3, '2026-11-01Z', jsonb_build_object('n', n, 'padding', repeat('x', ?)), '{}'
            FROM generate_series(?::bigint, ?::bigint) AS n""";

    private static final String OFFSET = """
            INSERT INTO sink_offset (topic, kafka_partition, topic_id, next_offset, last_appended_at, stored)
            VALUES ('events.v1', ?, 'topic-one', ?, '2026-11-01Z'::timestamptz + ? * interval '1 ms', 0)
            ON CONFLICT (topic, kafka_partition) DO UPDATE SET next_offset = excluded.next_offset,
                   last_appended_at = excluded.last_appended_at""";

    private final Connection connection;
    private final int partition;
    private final int padding;
    private long next;

    PartitionWriter(EventStore store, int partition, int padding) throws SQLException {
        connection = store.connect(TestDatabase.OWNER);
        connection.setAutoCommit(false);
        this.partition = partition;
        this.padding = padding;
    }

    /** One transaction. */
    void write(int events) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(EVENTS);
                PreparedStatement move = connection.prepareStatement(OFFSET)) {
            insert.setInt(1, partition);
            insert.setInt(2, padding);
            insert.setLong(3, next);
            insert.setLong(4, next + events - 1);
            insert.executeUpdate();
            next += events;
            move.setInt(1, partition);
            move.setLong(2, next);
            move.setLong(3, next - 1);
            move.executeUpdate();
            connection.commit();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

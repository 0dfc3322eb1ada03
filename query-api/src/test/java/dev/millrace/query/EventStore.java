package dev.millrace.query;

import dev.millrace.schemas.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A database with events, written the way the sink does it: rows and offsets in one transaction.
 * Three months of table partitions, from October to December 2026. Not thread-safe.
 */
public final class EventStore implements AutoCloseable {
    public static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private final TestDatabase database = TestDatabase.create();
    private final Connection owner;
    private final long[] nextOffsets = new long[4];
    private String topicId = "topic-one";

    public EventStore() throws SQLException {
        owner = database.connect(TestDatabase.OWNER);
        owner.setAutoCommit(false);
        for (String month : new String[] {"2026-10", "2026-11", "2026-12"}) {
            execute("CREATE TABLE \"event_" + month + "\" PARTITION OF event FOR VALUES FROM ('" + month + "-01') TO ('"
                    + month + "-01'::date + interval '1 month')");
        }
        commit();
    }

    /** Where the API under test finds it. */
    public String readerUrl() {
        return database.url() + "?user=" + TestDatabase.READER;
    }

    public Connection connect(String role) throws SQLException {
        return database.connect(role);
    }

    /** Appends an event with a payload that holds its number; visible with {@link #commit}. */
    public UUID append(int partition, long second) throws SQLException {
        return append(partition, START.plusSeconds(second), "order.placed", null, "{\"second\": " + second + "}");
    }

    public UUID append(int partition, Instant appendedAt, String type, @Nullable String key, String payload)
            throws SQLException {
        UUID eventId = UUID.randomUUID();
        append(eventId, partition, appendedAt, type, key, payload);
        return eventId;
    }

    public void append(
            UUID eventId, int partition, Instant appendedAt, String type, @Nullable String key, String payload)
            throws SQLException {
        long offset = nextOffsets[partition]++;
        try (PreparedStatement identity = owner.prepareStatement("INSERT INTO event_identity VALUES (?, ?, ?, ?)");
                PreparedStatement event =
                        owner.prepareStatement("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb, '{}')")) {
            identity.setObject(1, eventId);
            identity.setInt(2, partition);
            identity.setLong(3, offset);
            identity.setObject(4, appendedAt.atOffset(ZoneOffset.UTC));
            identity.executeUpdate();
            event.setObject(1, appendedAt.atOffset(ZoneOffset.UTC));
            event.setInt(2, partition);
            event.setLong(3, offset);
            event.setString(4, key);
            event.setObject(5, eventId);
            event.setString(6, type);
            event.setObject(7, appendedAt.minusSeconds(1).atOffset(ZoneOffset.UTC));
            event.setString(8, payload);
            event.executeUpdate();
        }
        move(partition, appendedAt, 1);
    }

    /** Moves a partition past records that are no events. */
    public void skip(int partition, Instant appendedAt, int records) throws SQLException {
        nextOffsets[partition] += records;
        move(partition, appendedAt, 0);
    }

    /** As if the topic had been made again. */
    public void remakeTopic(String newTopicId) throws SQLException {
        topicId = newTopicId;
        execute("UPDATE sink_offset SET topic_id = '" + newTopicId + "'");
        commit();
    }

    public void commit() throws SQLException {
        owner.commit();
    }

    public void execute(String sql) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    private void move(int partition, Instant appendedAt, int stored) throws SQLException {
        try (PreparedStatement offset = owner.prepareStatement(
                "INSERT INTO sink_offset (topic, kafka_partition, topic_id, next_offset, last_appended_at, stored)"
                        + " VALUES ('events.v1', ?, ?, ?, ?, ?) ON CONFLICT (topic, kafka_partition) DO UPDATE SET"
                        + " next_offset = excluded.next_offset, last_appended_at = excluded.last_appended_at,"
                        + " stored = sink_offset.stored + excluded.stored")) {
            offset.setInt(1, partition);
            offset.setString(2, topicId);
            offset.setLong(3, nextOffsets[partition]);
            offset.setObject(4, appendedAt.atOffset(ZoneOffset.UTC));
            offset.setInt(5, stored);
            offset.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        try (database) {
            owner.close();
        }
    }
}

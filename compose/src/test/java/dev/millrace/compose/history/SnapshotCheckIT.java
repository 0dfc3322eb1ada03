package dev.millrace.compose.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotCheckIT {
    private static final String TOPIC = "events.v1";

    /** Offsets %1$d up to %2$d as the sink would store them; every tenth is no event. */
    private static final String APPEND = """
            WITH record AS (SELECT number, number %% 10 = 0 AS bad FROM generate_series(%1$d, %2$d - 1) AS number),
            identity AS (
                INSERT INTO event_identity
                SELECT ('00000000-0000-0000-0000-' || lpad(number::text, 12, '0'))::uuid, 0, number,
                       timestamptz '2026-11-22 12:00Z' + number * interval '1 ms'
                FROM record WHERE NOT bad RETURNING *),
            stored AS (
                INSERT INTO event
                SELECT appended_at, 0, kafka_offset, 'a', event_id, 'lent', appended_at, '{}', '{}' FROM identity
                RETURNING 1),
            rejection AS (
                INSERT INTO rejected_event
                SELECT 'events.v1', 0, number, 'undecodable', '', NULL, NULL, '[]' FROM record WHERE bad RETURNING 1)
            UPDATE sink_offset SET next_offset = %2$d, stored = stored + (SELECT count(*) FROM stored),
                   rejected = rejected + (SELECT count(*) FROM rejection)
            """;

    private final TestDatabase database = TestDatabase.create();
    private final SnapshotCheck check = new SnapshotCheck(TOPIC);
    private Connection connection;

    @BeforeEach
    void store() throws SQLException {
        connection = database.connect(TestDatabase.OWNER);
        execute("CREATE TABLE event_2026_11 PARTITION OF event FOR VALUES FROM ('2026-11-01Z') TO ('2026-12-01Z')");
        execute(
                "INSERT INTO sink_offset (topic, kafka_partition, topic_id, next_offset) VALUES ('events.v1', 0, 'id', 0)");
        append(0, 40);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        database.close();
    }

    @Test
    void agreementIsSeenWhileRowsCome() throws SQLException {
        for (int sample = 0; sample < 120; sample++) {
            // When
            List<Violation> violations = check.sample(connection);
            // Then
            assertThat(violations).isEmpty();
            append(40 + sample * 7, 47 + sample * 7);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE sink_offset SET next_offset = 49",
                "UPDATE sink_offset SET stored = stored + 1",
                "UPDATE sink_offset SET rejected = rejected + 1, next_offset = next_offset + 1",
                "UPDATE sink_offset SET duplicates = duplicates + 1",
                "DELETE FROM event WHERE kafka_offset = 45",
                "DELETE FROM event_identity WHERE kafka_offset = 45",
                "DELETE FROM rejected_event WHERE kafka_offset = 40",
                "INSERT INTO rejected_event SELECT topic, 0, 49, reason, detail, key, value, headers FROM rejected_event LIMIT 1"
            })
    void disagreementIsSeenByBothWaysOfCounting(String fault) throws SQLException {
        // Given
        check.sample(connection);
        append(40, 50);
        // When
        assertThat(execute(fault)).isOne();
        // Then
        assertThat(check.sample(connection)).extracting(Violation::invariant).contains(Invariant.OFFSET_AGREEMENT);
        assertThat(new SnapshotCheck(TOPIC).sample(connection))
                .extracting(Violation::invariant)
                .contains(Invariant.OFFSET_AGREEMENT);
    }

    @Test
    void offsetGoesBackInAFailoverOnly() throws SQLException {
        // Given
        check.sample(connection);
        execute("DELETE FROM event WHERE kafka_offset >= 35");
        execute("DELETE FROM event_identity WHERE kafka_offset >= 35");
        execute("UPDATE sink_offset SET next_offset = 35, stored = stored - 5");
        // When
        List<Violation> silently = new SnapshotCheck(TOPIC).sample(connection);
        List<Violation> seen = check.sample(connection);
        check.failedOver();
        List<Violation> told = check.sample(connection);
        // Then
        assertThat(silently).isEmpty();
        assertThat(seen)
                .extracting(Violation::toString)
                .contains("OFFSET_MONOTONY: next_offset of partition 0 went from 40 back to 35");
        assertThat(told).isEmpty();
    }

    private void append(int from, int until) throws SQLException {
        assertThat(execute(APPEND.formatted(from, until))).isOne();
    }

    private int execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }
}

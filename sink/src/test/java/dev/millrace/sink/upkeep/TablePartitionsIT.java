package dev.millrace.sink.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.schemas.testing.ManualClock;
import dev.millrace.schemas.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TablePartitionsIT {
    private final UpkeepDatabase database = new UpkeepDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void eachIntervalHasItsNames() throws SQLException {
        // When
        database.partitions(PartitionInterval.MONTH, "2026-11-22T12:00:00Z");
        database.partitions(PartitionInterval.WEEK, "2026-12-09T00:00:00Z");
        database.partitions(PartitionInterval.DAY, "2026-12-01T23:59:59Z");
        // Then
        assertThat(database.attached())
                .containsExactly(
                        "event_2026_11 2026-11-01T00:00:00Z 2026-12-01T00:00:00Z",
                        "event_2026_12_01 2026-12-01T00:00:00Z 2026-12-02T00:00:00Z",
                        "event_2026_12_07 2026-12-07T00:00:00Z 2026-12-14T00:00:00Z");
    }

    @Test
    void whatIsAttachedIsTakenWhenTheIntervalChanges() throws SQLException {
        // Given
        database.partitions(PartitionInterval.MONTH, "2026-11-22T12:00:00Z");
        // When
        database.partitions(PartitionInterval.DAY, "2026-11-23T12:00:00Z");
        // Then
        assertThat(database.attached()).containsExactly("event_2026_11 2026-11-01T00:00:00Z 2026-12-01T00:00:00Z");
    }

    @Test
    void newPartitionFillsTheRoomBesideItsNeighbours() throws SQLException {
        // Given
        database.partitions(PartitionInterval.DAY, "2026-11-10T00:00:00Z", "2026-11-20T00:00:00Z");
        // When
        database.partitions(
                PartitionInterval.MONTH, "2026-11-15T00:00:00Z", "2026-11-30T00:00:00Z", "2026-11-01T00:00:00Z");
        // Then
        assertThat(database.attached())
                .containsExactly(
                        "event_2026_11_01 2026-11-01T00:00:00Z 2026-11-10T00:00:00Z",
                        "event_2026_11_10 2026-11-10T00:00:00Z 2026-11-11T00:00:00Z",
                        "event_2026_11_11 2026-11-11T00:00:00Z 2026-11-20T00:00:00Z",
                        "event_2026_11_20 2026-11-20T00:00:00Z 2026-11-21T00:00:00Z",
                        "event_2026_11_21 2026-11-21T00:00:00Z 2026-12-01T00:00:00Z");
    }

    @Test
    void tableThatWasDetachedKeepsItsName() throws SQLException {
        // Given
        database.partitions(PartitionInterval.MONTH, "2026-11-22T12:00:00Z");
        database.execute(TestDatabase.OWNER, "ALTER TABLE event DETACH PARTITION event_2026_11");
        // When
        database.partitions(PartitionInterval.MONTH, "2026-11-22T12:00:00Z");
        // Then
        assertThat(database.attached()).containsExactly("event_2026_11_v2 2026-11-01T00:00:00Z 2026-12-01T00:00:00Z");
    }

    @Test
    void oneBatchMayNeedSeveral() throws SQLException {
        // When
        new TablePartitions(database.ownerUrl(), PartitionInterval.DAY)
                .ensure(
                        List.of(Instant.parse("2026-11-30T23:59:59Z"), Instant.parse("2026-12-01T00:00:00Z")),
                        Instant::toEpochMilli);
        // Then
        assertThat(database.attached()).hasSize(2);
    }

    @Test
    void newPartitionHasItsSettings() throws SQLException {
        // When
        database.partitions(PartitionInterval.MONTH, "2026-11-22T12:00:00Z");
        // Then
        assertThat(database.query("SELECT unnest(reloptions) FROM pg_class WHERE relname = 'event_2026_11'"))
                .contains("autovacuum_freeze_min_age=0", "vacuum_truncate=off");
        assertThat(database.query("SELECT attname FROM pg_attribute WHERE attrelid = 'event_2026_11'::regclass"
                        + " AND attstattarget = 100 ORDER BY 1"))
                .containsExactly("metadata", "payload");
    }

    @Test
    void partitionThatIsBeingDetachedIsWaitedFor() throws SQLException {
        // Given
        database.partitions(PartitionInterval.MONTH, "2026-11-22T12:00:00Z");
        database.execute(
                "postgres",
                "UPDATE pg_inherits SET inhdetachpending = true WHERE inhrelid =" + " 'event_2026_11'::regclass");
        // When
        Throwable thrown = catchThrowable(() -> database.partitions(PartitionInterval.MONTH, "2026-11-22T12:00:00Z"));
        // Then
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(failure.getSQLState()).isEqualTo("55P03"));
    }

    @Test
    void nextPartitionIsThereBeforeItsTime() throws SQLException {
        // Given
        ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));
        PartitionsAhead ahead = new PartitionsAhead(PartitionInterval.MONTH, clock);
        try (Connection session = database.session()) {
            // When
            ahead.step(session);
            ahead.step(session);
            // Then
            assertThat(database.attached())
                    .extracting(line -> line.substring(0, 13))
                    .containsExactly("event_2026_11", "event_2026_12");
            // When
            clock.pass(Duration.ofDays(9));
            ahead.step(session);
            // Then
            assertThat(database.attached())
                    .extracting(line -> line.substring(0, 13))
                    .containsExactly("event_2026_11", "event_2026_12", "event_2027_01");
            assertThat(session.getAutoCommit()).isTrue();
        }
    }
}

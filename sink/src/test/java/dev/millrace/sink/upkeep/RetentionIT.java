package dev.millrace.sink.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.schemas.testing.ManualClock;
import dev.millrace.schemas.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetentionIT {
    private static final String IDENTITIES = "SELECT count(*) FROM event_identity";
    private static final int OLD = 12_000;
    private static final int YOUNG = 10;

    private final UpkeepDatabase database = new UpkeepDatabase();
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));

    @BeforeEach
    void prepare() throws SQLException {
        database.partitions(
                PartitionInterval.MONTH, "2026-09-01T00:00:00Z", "2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z");
        database.addEvents("2026-09-05Z", 0, OLD);
        database.addEvents("2026-10-31Z", OLD, YOUNG);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void wholeOldPartitionsGoWithTheirIdentities() throws SQLException {
        // When
        int steps = run(retention(), Integer.MAX_VALUE);
        // Then
        assertThat(steps).isEqualTo(5);
        assertRemoved();
    }

    @Test
    void anybodyGoesOnWhereAnotherWasKilledAtEachStep() throws SQLException {
        // When
        run(retention(), 1);
        // Then
        assertThat(database.query("SELECT relispartition FROM pg_class WHERE relname = 'event_2026_09'"))
                .containsExactly("f");
        // When: a new object knows nothing of what the one before did.
        run(retention(), 2);
        // Then
        assertThat(database.query(IDENTITIES)).containsExactly(String.valueOf(OLD + YOUNG - 10_000));
        // When
        run(retention(), 3);
        // Then
        assertThat(database.query("SELECT count(*) FROM event_2026_09")).containsExactly(String.valueOf(OLD));
        assertThat(database.query(IDENTITIES)).containsExactly(String.valueOf(YOUNG));
        // When
        run(retention(), 4);
        // Then
        assertRemoved();
    }

    @Test
    void detachThatWasKilledHalfWayIsFinished() throws SQLException {
        // Given
        try (Connection reader = database.session();
                Connection session = database.session();
                Statement statement = session.createStatement();
                Statement reading = reader.createStatement()) {
            reader.setAutoCommit(false);
            reading.execute("SELECT count(*) FROM event");
            statement.execute("SET lock_timeout = '100ms'");
            Throwable thrown = catchThrowable(() -> retention().step(session, Optional.empty()));
            assertThat(thrown).hasMessageContaining("lock timeout");
            assertThat(database.query("SELECT inhrelid::regclass FROM pg_inherits WHERE inhdetachpending"))
                    .containsExactly("event_2026_09");
            reader.rollback();
        }
        // When
        run(retention(), Integer.MAX_VALUE);
        // Then
        assertRemoved();
    }

    @Test
    void writersGoOnWhileAPartitionIsDetached() throws SQLException {
        // Given
        try (Connection writer = database.session();
                Connection session = database.session();
                Statement statement = session.createStatement();
                Statement writing = writer.createStatement()) {
            writer.setAutoCommit(false);
            writing.execute("SET LOCAL lock_timeout = '100ms'");
            writing.execute("SELECT count(*) FROM event");
            statement.execute("SET lock_timeout = '100ms'");
            catchThrowable(() -> retention().step(session, Optional.empty()));
            // When
            database.addEvents("2026-11-05Z", OLD + YOUNG, 1);
            // Then
            assertThat(database.query("SELECT count(*) FROM event_2026_11")).containsExactly("1");
        }
    }

    @Test
    void identityThatLeadsToAnotherEventStays() throws SQLException {
        // Given
        database.execute(
                TestDatabase.OWNER,
                "UPDATE event_identity SET kafka_offset = 999999, appended_at = '2026-11-05Z' WHERE kafka_offset = 7");
        // When
        run(retention(), Integer.MAX_VALUE);
        // Then
        assertThat(database.query("SELECT count(*) FROM event_identity WHERE kafka_offset = 999999"))
                .containsExactly("1");
    }

    @Test
    void partitionThatIsBeingFilledWaits() throws SQLException {
        // Given
        try (Connection session = database.session()) {
            // When
            boolean during = retention().step(session, Optional.of(Instant.parse("2026-10-01T00:30:00Z")));
            boolean after = retention().step(session, Optional.of(Instant.parse("2026-10-01T01:00:00Z")));
            // Then
            assertThat(during).isFalse();
            assertThat(after).isTrue();
        }
    }

    @Test
    void tableThatAPersonDetachedStays() throws SQLException {
        // Given
        database.execute(TestDatabase.OWNER, "ALTER TABLE event DETACH PARTITION event_2026_09");
        // When
        int steps = run(retention(), Integer.MAX_VALUE);
        // Then
        assertThat(steps).isZero();
        assertThat(database.query("SELECT count(*) FROM event_2026_09")).containsExactly(String.valueOf(OLD));
    }

    @Test
    void nothingIsRemovedADayEarly() throws SQLException {
        // Given
        clock.set(Instant.parse("2026-10-30T23:59:59Z"));
        // When
        int steps = run(retention(), Integer.MAX_VALUE);
        // Then
        assertThat(steps).isZero();
    }

    private Retention retention() {
        return new Retention(Duration.ofDays(30), clock);
    }

    private int run(Retention retention, int most) throws SQLException {
        try (Connection session = database.session()) {
            int steps = 0;
            while (steps < most && retention.step(session, Optional.empty())) {
                steps++;
            }
            return steps;
        }
    }

    private void assertRemoved() throws SQLException {
        assertThat(database.attached())
                .extracting(line -> line.substring(0, 13))
                .containsExactly("event_2026_10", "event_2026_11");
        assertThat(database.query("SELECT to_regclass('event_2026_09') IS NULL"))
                .containsExactly("t");
        assertThat(database.query(IDENTITIES)).containsExactly(String.valueOf(YOUNG));
        assertThat(database.query("SELECT count(*) FROM event")).containsExactly(String.valueOf(YOUNG));
    }
}

package dev.millrace.sink.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpkeepIT {
    private static final String OLD = "2020-01-05T00:00:00Z";

    private final UpkeepDatabase database = new UpkeepDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void leaderThatDiesIsFollowedByAnother() throws SQLException {
        try (Upkeep first = start("first", Optional.empty())) {
            await().until(first::isLeading);
            try (Upkeep second = start("second", Optional.empty())) {
                // When
                database.execute(
                        "postgres",
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                + " WHERE application_name = 'millrace-first-lane'");
                // Then
                await().until(() -> second.isLeading() && !first.isLeading());
            }
            // When it stops, the first has its turn again.
            await().until(first::isLeading);
        }
    }

    @Test
    void leaderKeepsTheTablesAndAFollowerDoesNot() throws SQLException {
        // Given
        database.partitions(PartitionInterval.MONTH, OLD);
        try (Upkeep upkeep = start("first", Optional.empty());
                Upkeep follower = start("second", Optional.empty())) {
            // When
            database.addEvents(OLD, 0, 1_000);
            // Then
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(database.query("SELECT relname, analyze_count FROM pg_stat_user_tables"
                                            + " WHERE relname IN ('event_2020_01', 'event_identity') ORDER BY 1"))
                                    .containsExactly("event_2020_01|1", "event_identity|1"));
            await().untilAsserted(() -> assertThat(database.attached()).hasSize(3));
            assertThat(upkeep.isLeading()).isNotEqualTo(follower.isLeading());
            assertThat(database.query("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND application_name LIKE 'millrace-%'"))
                    .containsExactly("3");
        }
    }

    @Test
    void retentionThatIsOffRemovesNothingAndOnRemoves() throws SQLException {
        // Given
        database.partitions(PartitionInterval.MONTH, OLD);
        database.addEvents(OLD, 0, 10);
        database.writtenUpTo(0, "now", "now()");
        database.writtenUpTo(1, OLD, "now() - interval '2 days'");
        try (Upkeep off = start("off", Optional.empty())) {
            // When: sealing comes after retention in a round.
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(
                                    database.query("SELECT obj_description('event_2020_01'::regclass, 'pg_class')"))
                            .containsExactly("[millrace: sealed]"));
            // Then
            assertThat(off.isLeading()).isTrue();
            assertThat(database.query("SELECT count(*) FROM event")).containsExactly("10");
        }
        // When
        try (Upkeep on = start("on", Optional.of(Duration.ofDays(30)))) {
            // Then
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(database.query("SELECT count(*) FROM event_identity"))
                            .containsExactly("0"));
            await().untilAsserted(() -> assertThat(database.query("SELECT to_regclass('event_2020_01') IS NULL"))
                    .containsExactly("t"));
            assertThat(on.isLeading()).isTrue();
        }
    }

    @Test
    void nothingIsDoneOnAServerThatIsNotToBeWrittenTo() throws SQLException {
        // Given
        AtomicBoolean allowed = new AtomicBoolean();
        try (Upkeep upkeep = Upkeep.start(
                "test",
                database.ownerUrl(),
                UpkeepSettings.DEFAULT,
                allowed::get,
                System::nanoTime,
                Clock.systemUTC())) {
            // When
            await().during(Duration.ofMillis(500)).until(() -> !upkeep.isLeading());
            assertThat(database.attached()).isEmpty();
            allowed.set(true);
            // Then
            await().until(upkeep::isLeading);
            await().untilAsserted(() -> assertThat(database.attached()).hasSize(2));
        }
    }

    private Upkeep start(String name, Optional<Duration> retention) {
        return Upkeep.start(
                name,
                database.ownerUrl(),
                new UpkeepSettings(PartitionInterval.MONTH, retention),
                () -> true,
                System::nanoTime,
                Clock.systemUTC());
    }
}

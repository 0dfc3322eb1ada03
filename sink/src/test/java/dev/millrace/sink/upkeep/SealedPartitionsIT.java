package dev.millrace.sink.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.schemas.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SealedPartitionsIT {
    private static final Optional<Instant> NOVEMBER = Optional.of(Instant.parse("2026-11-22T12:00:00Z"));
    private static final String VACUUMS =
            "SELECT relname, vacuum_count FROM pg_stat_user_tables WHERE relname LIKE 'event_2026%' ORDER BY 1";

    private final UpkeepDatabase database = new UpkeepDatabase();

    @BeforeEach
    void prepare() throws SQLException {
        database.partitions(
                PartitionInterval.MONTH, "2026-09-01T00:00:00Z", "2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z");
        database.addEvents("2026-10-05Z", 0, 2_000);
        database.addEvents("2026-11-05Z", 2_000, 2_000);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void completePartitionsAreFrozenAndAnalysedOnceAlsoOverARestart() throws SQLException {
        try (Connection session = database.session()) {
            // When
            SealedPartitions first = new SealedPartitions();
            boolean september = first.step(session, NOVEMBER);
            boolean october = new SealedPartitions().step(session, NOVEMBER);
            boolean more = new SealedPartitions().step(session, NOVEMBER);
            // Then
            assertThat(september).isTrue();
            assertThat(october).isTrue();
            assertThat(more).isFalse();
            await().untilAsserted(() -> assertThat(database.query(VACUUMS))
                    .containsExactly("event_2026_09|1", "event_2026_10|1", "event_2026_11|0"));
            assertThat(database.query("SELECT relallfrozen = relpages, relpages > 0, reltuples FROM pg_class"
                            + " WHERE relname = 'event_2026_10'"))
                    .containsExactly("t|t|2000");
        }
    }

    @Test
    void partitionIsNotCompleteBeforeTheMarginIsOver() throws SQLException {
        // Given
        Instant end = Instant.parse("2026-10-01T00:00:00Z").plus(SealedPartitions.MARGIN);
        try (Connection session = database.session()) {
            // When
            boolean early = new SealedPartitions().step(session, Optional.of(end.minusMillis(1)));
            boolean unknown = new SealedPartitions().step(session, Optional.empty());
            boolean late = new SealedPartitions().step(session, Optional.of(end));
            // Then
            assertThat(early).isFalse();
            assertThat(unknown).isFalse();
            assertThat(late).isTrue();
        }
    }

    @Test
    void commentOfAPersonStays() throws SQLException {
        // Given
        database.execute(TestDatabase.OWNER, "COMMENT ON TABLE event_2026_09 IS 'don''t touch'");
        try (Connection session = database.session()) {
            // When
            new SealedPartitions().step(session, NOVEMBER);
        }
        // Then
        assertThat(database.query("SELECT obj_description('event_2026_09'::regclass, 'pg_class')"))
                .containsExactly("don't touch [millrace: sealed]");
    }
}

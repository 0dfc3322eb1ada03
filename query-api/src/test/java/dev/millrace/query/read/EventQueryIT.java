package dev.millrace.query.read;

import static dev.millrace.query.Filters.filter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.millrace.query.EventStore;
import dev.millrace.schemas.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The plans of the queries, over 60,000 events in October and November. Partition 3 slept since. */
class EventQueryIT {
    private static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant LATE_NOVEMBER = Instant.parse("2026-11-20T00:00:00Z");

    private static EventStore store;
    private static Connection reader;

    @BeforeAll
    static void fill() throws SQLException {
        store = new EventStore();
        store.execute("INSERT INTO event SELECT timestamptz '2026-10-01Z' + n * interval '70 s',"
                + " CASE WHEN n < 4 THEN n ELSE n % 3 END, n, 'key-' || n % 100, gen_random_uuid(),"
                + " 'type-' || n % 20, now(), jsonb_build_object('n', n), '{}' FROM generate_series(0, 59999) n");
        store.commit();
        store.execute("ANALYZE event");
        store.commit();
        reader = store.connect(TestDatabase.READER);
    }

    @AfterAll
    static void stop() throws SQLException {
        reader.close();
        store.close();
    }

    @Test
    void aTailWalkIsARangeOfThePrimaryKeyForEachPartitionThatMoved() throws SQLException {
        // Given
        CompleteThrough from = through(50_000, LATE_NOVEMBER.minusSeconds(900_000));
        CompleteThrough now = through(59_999, LATE_NOVEMBER);
        // When
        String plan = explain(new Walk.Following(from, now), EventFilter.ALL, Order.ASC);
        // Then
        assertThat(plan.lines().filter(line -> line.contains("Scan")))
                .filteredOn(line -> !line.contains("Subquery Scan"))
                .hasSize(3)
                .allMatch(line -> line.contains("Index Scan using \"event_2026-11_pkey\""));
        assertThat(plan.lines().filter(line -> line.contains("Index Cond")))
                .hasSize(3)
                .allMatch(line -> line.contains("kafka_partition = ") && line.contains("kafka_offset > "));
    }

    @Test
    void aSmallStepOfATailWalkIsStillARangeOfThePrimaryKey() throws SQLException {
        // Given
        CompleteThrough from = through(59_990, LATE_NOVEMBER.minusSeconds(700));
        // When
        String plan = explain(new Walk.Following(from, through(59_999, LATE_NOVEMBER)), EventFilter.ALL, Order.ASC);
        // Then
        assertThat(plan)
                .contains("event_2026-11_pkey")
                .doesNotContain("Seq Scan")
                .doesNotContain("2026-10");
    }

    @Test
    void nothingNewIsNoQuery() {
        // Given
        CompleteThrough now = through(59_999, LATE_NOVEMBER);
        // When
        Sql sql = EventQuery.page(new Walk.Following(now, now), EventFilter.ALL, Order.ASC, 101, 101);
        // Then
        assertThat(sql).isNull();
    }

    @Test
    void aPageReadsTheIndexInOrderAndOnlyTheMonthsThatCanHoldIt() throws SQLException {
        // Given
        CompleteThrough now = through(59_999, LATE_NOVEMBER);
        OrderKey last = new OrderKey(NOVEMBER.plusSeconds(1_000), 0, 40_000);
        // When
        String first = explain(new Walk.Ordered(now, null), EventFilter.ALL, Order.ASC);
        String next = explain(new Walk.Ordered(now, last), EventFilter.ALL, Order.ASC);
        String back = explain(
                new Walk.Ordered(now, new OrderKey(OCTOBER.plusSeconds(1_000_000), 0, 1)), EventFilter.ALL, Order.DESC);
        // Then
        assertThat(first)
                .contains("_appended_at_kafka_partition_kafka_offset_idx")
                .doesNotContain("Seq Scan");
        assertThat(first).contains("event_2026-11").doesNotContain("event_2026-12");
        assertThat(next)
                .contains("event_2026-11")
                .doesNotContain("event_2026-10")
                .doesNotContain("Seq Scan");
        assertThat(back)
                .contains("event_2026-10")
                .doesNotContain("event_2026-11")
                .contains("Backward");
    }

    @Test
    void aSelectiveMatchUsesItsIndex() throws SQLException {
        // Given
        EventFilter filter = filter(List.of(), List.of(), List.of("{\"n\":5}", "{\"n\":7}"));
        // When
        String plan = explain(new Walk.Ordered(through(59_999, LATE_NOVEMBER), null), filter, Order.ASC);
        // Then
        assertThat(plan).contains("payload_idx").contains("BitmapOr");
    }

    @Test
    void anEventIsReadFromASingleMonth() throws SQLException {
        // When
        String plan = explain(EventQuery.event(new OrderKey(NOVEMBER, 1, 40_000)));
        // Then
        assertThat(plan.lines().filter(line -> line.contains("Scan")))
                .singleElement(STRING)
                .contains("Index Scan", "on \"event_2026-11\"");
    }

    private static CompleteThrough through(long offset, Instant appendedAt) {
        Bound moved = new Bound(offset, appendedAt);
        return new CompleteThrough(List.of(moved, moved, moved, new Bound(3, OCTOBER.plusSeconds(210))));
    }

    private static String explain(Walk walk, EventFilter filter, Order order) throws SQLException {
        Sql sql = EventQuery.page(walk, filter, order, 101, 101);
        assertThat(sql).isNotNull();
        return explain(sql);
    }

    private static String explain(Sql sql) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (PreparedStatement statement = new Sql().add("EXPLAIN ").add(sql).prepare(reader);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }
}

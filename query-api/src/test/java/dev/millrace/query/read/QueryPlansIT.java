package dev.millrace.query.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.query.EventStore;
import dev.millrace.schemas.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * No question reads a table partition in sequence: with 2,500,000 events in one month, when the next month
 * has just begun and nobody has analysed it, and with a dozen months.
 */
@Tag("full")
@TestMethodOrder(OrderAnnotation.class)
class QueryPlansIT {
    private static final int EVENTS = 2_500_000;
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2026-11-30T00:00:00Z");
    private static final Instant DECEMBER = Instant.parse("2026-12-01T00:15:00Z");

    /** One less, and the upkeep has analysed the partition. */
    private static final int NOT_ANALYSED = 999;

    private static final int OF_A_PAST_MONTH = 50_000;

    private static final String INDEXES = "SELECT pg_class.oid::regclass AS index FROM pg_class JOIN pg_am"
            + " ON pg_am.oid = relam WHERE amname = '%s' AND relkind = 'i' OFFSET 0";

    private static EventStore store;
    private static Connection reader;

    @BeforeAll
    static void fill() throws SQLException {
        store = new EventStore();
        events(0, EVENTS, "timestamptz '2026-11-01Z' + n * interval '1 s'");
        store.execute("ANALYZE \"event_2026-11\"");
        store.commit();
        summarize();
        reader = store.connect(TestDatabase.READER);
    }

    @AfterAll
    static void stop() throws SQLException {
        reader.close();
        store.close();
    }

    @TestFactory
    @org.junit.jupiter.api.Order(1)
    List<DynamicTest> oneFullMonth() {
        return questions(EVENTS - 1, LAST);
    }

    /** Each hundredth event contains it, as far as the planner knows, and in truth one of 60,000. */
    @Test
    @org.junit.jupiter.api.Order(1)
    void documentOfTheSampleIsNotLookedForInAllEvents() throws SQLException {
        // Given
        String sampled = single("SELECT min(bound::jsonb ->> 'book') FROM pg_stats,"
                + " unnest(histogram_bounds::text::text[]) AS bound"
                + " WHERE tablename = 'event_2026-11' AND attname = 'payload'");
        EventFilter filter =
                criteria(List.of("book-lent"), List.of(), List.of("{\"book\":" + sampled + "}"), List.of());
        Walk walk = new Walk.Ordered(through(EVENTS - 1, LAST), null);
        for (Order order : Order.values()) {
            // When
            String plan = explain(EventQuery.page(walk, filter, order, 101));
            // Then
            assertThat(plan).contains("Bitmap Index Scan");
        }
    }

    @TestFactory
    @org.junit.jupiter.api.Order(2)
    List<DynamicTest> monthThatHasJustBegun() throws SQLException {
        events(EVENTS, EVENTS + NOT_ANALYSED, "timestamptz '2026-12-01Z' + (n - " + EVENTS + ") * interval '0.5 s'");
        return questions(EVENTS + NOT_ANALYSED - 1, DECEMBER);
    }

    @TestFactory
    @org.junit.jupiter.api.Order(3)
    List<DynamicTest> dozenMonths() throws SQLException {
        int from = EVENTS + NOT_ANALYSED;
        for (int month = 1; month < 11; month++) {
            String begin = "2026-%02d".formatted(month);
            if (month < 10) {
                store.execute(
                        "CREATE TABLE \"event_%s\" PARTITION OF event FOR VALUES FROM ('%s-01') TO ('2026-%02d-01')"
                                .formatted(begin, begin, month + 1));
            }
            events(from, from + OF_A_PAST_MONTH, "timestamptz '" + begin + "-02Z' + n % 50000 * interval '40 s'");
            store.execute("ANALYZE \"event_" + begin + "\"");
            store.commit();
            from += OF_A_PAST_MONTH;
        }
        summarize();
        return questions(from - 1, DECEMBER);
    }

    private static List<DynamicTest> questions(long offset, Instant latest) {
        List<DynamicTest> tests = new ArrayList<>();
        CompleteThrough through = through(offset, latest);
        filters().forEach((name, filter) -> {
            tests.add(test(name, new Walk.Ordered(through, null), filter, Order.ASC));
            tests.add(test(name + ", newest first", new Walk.Ordered(through, null), filter, Order.DESC));
            OrderKey middle = new OrderKey(NOVEMBER.plusSeconds(EVENTS / 2), 2, EVENTS / 2);
            tests.add(test(name + ", a later page", new Walk.Ordered(through, middle), filter, Order.ASC));
            CompleteThrough from = through(offset - 400, latest.minusSeconds(400));
            tests.add(test(name + ", followed", new Walk.Following(from, through), filter, Order.ASC));
        });
        return tests;
    }

    private static DynamicTest test(String name, Walk walk, EventFilter filter, Order order) {
        return DynamicTest.dynamicTest(name, () -> {
            Sql sql = EventQuery.page(walk, filter, order, 101);
            assertThat(sql).isNotNull();
            String plan = explain(sql);
            assertThat(plan).doesNotContain("Seq Scan");
        });
    }

    private static Map<String, EventFilter> filters() {
        Map<String, EventFilter> filters = new LinkedHashMap<>();
        filters.put("everything", EventFilter.ALL);
        filters.put("type", criteria(List.of("book-lent"), List.of(), List.of(), List.of()));
        filters.put("rare type", criteria(List.of("reader-cancelled"), List.of(), List.of(), List.of()));
        filters.put("types", criteria(List.of("book-lent", "book-added"), List.of(), List.of(), List.of()));
        filters.put("key", criteria(List.of(), List.of("book-4711"), List.of(), List.of()));
        filters.put("type and key", criteria(List.of("book-lent"), List.of("book-4711"), List.of(), List.of()));
        filters.put("match", criteria(List.of(), List.of(), List.of("{\"book\":4711}"), List.of()));
        filters.put("type and match", criteria(List.of("book-lent"), List.of(), List.of("{\"book\":4711}"), List.of()));
        filters.put(
                "two matches", criteria(List.of(), List.of(), List.of("{\"book\":1}", "{\"reader\":2}"), List.of()));
        filters.put("match of nothing", criteria(List.of(), List.of(), List.of("{\"book\":-1}"), List.of()));
        filters.put("match of half", criteria(List.of(), List.of(), List.of("{\"kept\":true}"), List.of()));
        filters.put("metadata", criteria(List.of(), List.of(), List.of(), List.of("{\"request\":77}")));
        filters.put(
                "alternatives",
                EventFilter.of(
                        new EventCriteria(List.of("reader-cancelled"), List.of(), List.of(), List.of(), List.of()),
                        new EventCriteria(List.of(), List.of(), List.of("{\"book\":5}"), List.of(), List.of())));
        TimeRange hour = new TimeRange(NOVEMBER.plusSeconds(500_000), NOVEMBER.plusSeconds(503_600));
        filters.put("appended in an hour", new EventFilter(List.of(), TimeRange.ALWAYS, hour));
        filters.put("occurred in an hour", new EventFilter(List.of(), hour, TimeRange.ALWAYS));
        filters.put(
                "type and match appended in an hour",
                new EventFilter(
                        List.of(new EventCriteria(
                                List.of("book-lent"), List.of(), List.of("{\"book\":4711}"), List.of(), List.of())),
                        TimeRange.ALWAYS,
                        hour));
        return filters;
    }

    private static EventFilter criteria(
            List<String> types, List<String> keys, List<String> matches, List<String> metadata) {
        return EventFilter.of(new EventCriteria(types, keys, matches, List.of(), metadata));
    }

    private static CompleteThrough through(long offset, Instant latest) {
        Bound bound = new Bound(offset, latest);
        return new CompleteThrough(List.of(bound, bound, bound, bound));
    }

    /** A little like the library's: 460 bytes, 60,000 books, types of very different frequency. */
    private static void events(int from, int until, String appendedAt) throws SQLException {
        store.execute("INSERT INTO event SELECT " + appendedAt + ", n % 4, n, 'book-' || n * 7919 % 60000,"
                + " gen_random_uuid(), CASE WHEN n % 1000 = 0 THEN 'reader-cancelled' WHEN n % 50 = 0 THEN 'book-added'"
                + " WHEN n % 2 = 0 THEN 'book-lent' ELSE 'book-returned' END, " + appendedAt + " - interval '1 s',"
                + " jsonb_build_object('book', n * 7919 % 60000, 'reader', n * 104729 % 10000, 'kept', n % 4 < 2,"
                + " 'title', repeat(md5(n::text), 5)), jsonb_build_object('request', n, 'source', 'desk-' || n % 20)"
                + " FROM generate_series(" + from + "::bigint, " + (until - 1) + ") n");
        store.commit();
    }

    /** What the upkeep and the autovacuum see to. */
    private static void summarize() throws SQLException {
        store.execute("SELECT gin_clean_pending_list(index) FROM (" + INDEXES.formatted("gin") + ") AS gin");
        store.execute("SELECT brin_summarize_new_values(index) FROM (" + INDEXES.formatted("brin") + ") AS brin");
        store.commit();
    }

    private static String single(String sql) throws SQLException {
        try (PreparedStatement statement = reader.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String explain(Sql sql) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (PreparedStatement statement = new Sql()
                        .add("EXPLAIN (ANALYZE, COSTS, TIMING OFF) ")
                        .add(sql)
                        .prepare(reader);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }
}

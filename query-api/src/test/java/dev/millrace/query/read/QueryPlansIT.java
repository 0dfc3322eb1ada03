package dev.millrace.query.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.millrace.query.EventStore;
import dev.millrace.schemas.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
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

    private static final long PLANNED = Attempt.AS_PLANNED.plannedRows(101, EVENTS);

    /** One less, and the upkeep has analysed the partition. */
    private static final int NOT_ANALYSED = 999;

    private static final int OF_A_PAST_MONTH = 50_000;

    /** To read none in sequence is as quick as it gets. */
    private static final String WITHOUT_A_PAGE = "SELECT coalesce(string_agg(replace(relid::text, '\"', ''), ' '), '')"
            + " FROM pg_partition_tree('event') WHERE isleaf AND pg_relation_size(relid) = 0";

    private static final Pattern SEQUENTIAL = Pattern.compile("Seq Scan on \"?([^ \"]+)");

    private static final String INDEXES = "SELECT pg_class.oid::regclass AS index FROM pg_class JOIN pg_am"
            + " ON pg_am.oid = relam WHERE amname = '%s' AND relkind = 'i' OFFSET 0";

    private static EventStore store;
    private static Connection reader;
    private static Replica replica;

    @BeforeAll
    static void fill() throws SQLException {
        store = new EventStore();
        events(0, EVENTS, "timestamptz '2026-11-01Z' + n * interval '1 s'");
        store.execute("ANALYZE \"event_2026-11\"");
        store.commit();
        summarize();
        reader = store.connect(TestDatabase.READER);
        replica = Replica.at(store.readerUrl(), 1, new MicrometerMetricsTrackerFactory(new SimpleMeterRegistry()));
    }

    @AfterAll
    static void stop() throws SQLException {
        replica.close();
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
        Bound beginning = new Bound(-1, null);
        CompleteThrough nothing = new CompleteThrough(List.of(beginning, beginning, beginning, beginning));
        CompleteThrough through = through(EVENTS - 1, LAST);
        List<Sql> questions = List.of(
                EventQuery.begin(LAST, filter, Order.ASC, PLANNED),
                EventQuery.begin(LAST, filter, Order.DESC, PLANNED),
                question(new Walk.Ordered(through, null), filter),
                question(new Walk.Following(nothing, through), filter));
        for (Sql question : questions) {
            // When
            String plan = explain(question);
            // Then
            assertThat(plan).contains("Bitmap Index Scan on \"event_2026-11_payload_idx");
        }
    }

    /** In each twentieth event: all of them would be read for a page of a hundred. */
    @Test
    @org.junit.jupiter.api.Order(1)
    void frequentDocumentIsMetInTheOrderOfTheAnswer() throws SQLException {
        // Given
        String frequent = single("SELECT bound::jsonb ->> 'source' FROM pg_stats,"
                + " unnest(histogram_bounds::text::text[]) AS bound"
                + " WHERE tablename = 'event_2026-11' AND attname = 'metadata'"
                + " GROUP BY 1 ORDER BY count(*) DESC LIMIT 1");
        EventFilter filter =
                criteria(List.of("book-lent"), List.of(), List.of(), List.of("{\"source\":\"" + frequent + "\"}"));
        OrderKey middle = new OrderKey(NOVEMBER.plusSeconds(EVENTS / 2), 2, EVENTS / 2);
        List<Sql> questions = List.of(
                EventQuery.begin(LAST, filter, Order.ASC, PLANNED),
                EventQuery.begin(LAST, filter, Order.DESC, PLANNED),
                question(new Walk.Ordered(through(EVENTS - 1, LAST), middle), filter));
        for (Sql question : questions) {
            // When
            String plan = explain(question);
            // Then
            assertThat(plan).doesNotContain("Bitmap");
        }
    }

    /** All of them are where the order of the answer comes to last. The planner cannot know that. */
    @Test
    @org.junit.jupiter.api.Order(1)
    void documentThatIsFrequentAtTheEndAloneIsFoundInTime() throws SQLException {
        // Given
        store.execute(
                "INSERT INTO sink_offset (topic, kafka_partition, topic_id, next_offset, last_appended_at, stored)"
                        + " SELECT 'events.v1', n, 'one', " + EVENTS + ", '2026-11-30Z', " + EVENTS + " / 4"
                        + " FROM generate_series(0, 3) n");
        store.commit();
        EventFilter late = criteria(List.of(), List.of(), List.of("{\"late\":true}"), List.of());
        EventReader events = new EventReader(replica, Ticker.system(), duration -> {});
        // When
        PageAnswer answer =
                events.read(new PageRequest(late, Order.ASC, 100, null, new WaitFor(List.of(), Duration.ZERO)));
        // Then
        assertThat(answer)
                .isInstanceOfSatisfying(
                        PageAnswer.Page.class,
                        page -> assertThat(page.events())
                                .hasSize(100)
                                .first()
                                .matches(event -> event.payload().contains("\"late\": true")));
    }

    private static Sql question(Walk walk, EventFilter filter) {
        return Objects.requireNonNull(EventQuery.page(walk, filter, Order.ASC, 101, PLANNED));
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
        Instant horizon = latest.plus(Duration.ofHours(1));
        filters().forEach((name, filter) -> {
            tests.add(test(name, EventQuery.begin(horizon, filter, Order.ASC, PLANNED)));
            tests.add(test(name + ", newest first", EventQuery.begin(horizon, filter, Order.DESC, PLANNED)));
            OrderKey middle = new OrderKey(NOVEMBER.plusSeconds(EVENTS / 2), 2, EVENTS / 2);
            tests.add(test(name + ", a later page", question(new Walk.Ordered(through, middle), filter)));
            CompleteThrough from = through(offset - 400, latest.minusSeconds(400));
            tests.add(test(name + ", followed", question(new Walk.Following(from, through), filter)));
        });
        return tests;
    }

    private static DynamicTest test(String name, Sql question) {
        return DynamicTest.dynamicTest(name, () -> {
            String plan = explain(question);
            List<String> scanned = SEQUENTIAL
                    .matcher(plan)
                    .results()
                    .map(scan -> scan.group(1))
                    .toList();
            assertThat(scanned).as(plan).isSubsetOf(single(WITHOUT_A_PAGE).split(" "));
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
                + " jsonb_build_object('book', n * 7919 % 60000, 'reader', n * 104729 % 10000, 'kept', n % 4 < 2, 'late', n > 2400000,"
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

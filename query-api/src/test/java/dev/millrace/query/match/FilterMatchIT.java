package dev.millrace.query.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.millrace.query.EventStore;
import dev.millrace.query.read.Cursor;
import dev.millrace.query.read.CursorCodec;
import dev.millrace.query.read.EventCriteria;
import dev.millrace.query.read.EventFilter;
import dev.millrace.query.read.EventReader;
import dev.millrace.query.read.Order;
import dev.millrace.query.read.PageAnswer;
import dev.millrace.query.read.PageRequest;
import dev.millrace.query.read.Replica;
import dev.millrace.query.read.StoredEvent;
import dev.millrace.query.read.Ticker;
import dev.millrace.query.read.TimeRange;
import dev.millrace.query.read.WaitFor;
import dev.millrace.schemas.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is decided in memory is what Postgres decides. The seed is in each failure. */
class FilterMatchIT {
    private static final int PAIRS = 40_000;
    private static final int EVENTS = 600;
    private static final int FILTERS = 400;

    private static final long SEED = Long.getLong("match.seed", 20_261_123);

    private static EventStore store;

    @BeforeAll
    static void start() throws SQLException {
        store = new EventStore();
    }

    @AfterAll
    static void stop() throws SQLException {
        store.close();
    }

    @Test
    void containmentIsThatOfPostgres() throws SQLException {
        // Given
        RandomJson json = new RandomJson(SEED);
        String[] wholes = new String[PAIRS];
        String[] parts = new String[PAIRS];
        for (int pair = 0; pair < PAIRS; pair++) {
            TreeMap<String, Object> whole = json.object(3);
            Object part = pair % 4 == 0 ? json.object(2) : json.like(whole);
            wholes[pair] = json.print(whole);
            parts[pair] = part instanceof TreeMap ? json.print(part) : "{}";
        }
        int[] contained = new int[2];
        // When
        try (Connection connection = store.connect(TestDatabase.OWNER);
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT whole::jsonb::text, part, whole::jsonb @> part::jsonb FROM unnest(?, ?) AS pairs (whole, part)")) {
            statement.setArray(1, connection.createArrayOf("text", wholes));
            statement.setArray(2, connection.createArrayOf("text", parts));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    boolean inMemory = new Containment()
                            .contains(JsonDocument.parse(rows.getString(1)), JsonDocument.parse(rows.getString(2)));
                    // Then
                    assertThat(inMemory)
                            .as("seed %d: %s @> %s", SEED, rows.getString(1), rows.getString(2))
                            .isEqualTo(rows.getBoolean(3));
                    contained[inMemory ? 1 : 0]++;
                }
            }
        }
        assertThat(contained[0]).as("not contained").isGreaterThan(PAIRS / 10);
        assertThat(contained[1]).as("contained").isGreaterThan(PAIRS / 10);
    }

    @Test
    void aWholeFilterIsThatOfItsSql() throws SQLException {
        // Given
        RandomJson json = new RandomJson(SEED);
        Random random = new Random(SEED);
        List<String> payloads = new ArrayList<>();
        for (int event = 0; event < EVENTS; event++) {
            payloads.add(json.print(json.object(2)));
            store.append(
                    event % 3,
                    EventStore.START.plusSeconds(event / 2),
                    "type-" + random.nextInt(4),
                    random.nextInt(3) == 0 ? null : "key-" + random.nextInt(3),
                    payloads.get(event));
        }
        store.execute(
                "UPDATE event SET metadata = payload, occurred_at = occurred_at - kafka_offset % 7 * interval '9 s'");
        store.commit();
        try (Replica replica =
                Replica.at(store.readerUrl(), 2, new MicrometerMetricsTrackerFactory(new SimpleMeterRegistry()))) {
            EventReader reader = new EventReader(replica, Ticker.system(), duration -> {});
            List<StoredEvent> all = read(reader, EventFilter.ALL);
            assertThat(all).hasSize(EVENTS);
            for (int number = 0; number < FILTERS; number++) {
                EventFilter filter = filter(random, json, payloads);
                // When
                FilterMatch match = new FilterMatch(filter);
                List<StoredEvent> inMemory = all.stream()
                        .filter(event -> match.holds(new EventContent(event)))
                        .toList();
                // Then
                assertThat(inMemory).as("seed %d: %s", SEED, filter).isEqualTo(read(reader, filter));
            }
        }
    }

    private static EventFilter filter(Random random, RandomJson json, List<String> payloads) {
        List<EventCriteria> anyOf = new ArrayList<>();
        for (int alternatives = random.nextInt(3); alternatives > 0; alternatives--) {
            anyOf.add(new EventCriteria(
                    some(random, () -> "type-" + random.nextInt(4)),
                    some(random, () -> "key-" + random.nextInt(3)),
                    some(random, () -> json.print(json.object(1))),
                    some(
                            random,
                            () -> random.nextInt(9) == 0
                                    ? payloads.get(random.nextInt(EVENTS))
                                    : json.print(json.object(0))),
                    some(random, () -> json.print(json.object(1)))));
        }
        return new EventFilter(anyOf, range(random), range(random));
    }

    private static List<String> some(Random random, Supplier<String> value) {
        List<String> some = new ArrayList<>();
        for (int count = Math.max(0, random.nextInt(5) - 2); count > 0; count--) {
            some.add(value.get());
        }
        return some;
    }

    private static TimeRange range(Random random) {
        Instant from = EventStore.START.plusSeconds(random.nextInt(200) - 20);
        return switch (random.nextInt(5)) {
            case 0 -> new TimeRange(from, null);
            case 1 -> new TimeRange(null, from.plusSeconds(100));
            case 2 -> new TimeRange(from, from.plusSeconds(60));
            default -> TimeRange.ALWAYS;
        };
    }

    private static List<StoredEvent> read(EventReader reader, EventFilter filter) {
        WaitFor nothing = new WaitFor(List.of(), Duration.ZERO);
        List<StoredEvent> read = new ArrayList<>();
        Cursor cursor = null;
        while (true) {
            PageAnswer.Page page =
                    (PageAnswer.Page) reader.read(new PageRequest(filter, Order.ASC, 1_000, cursor, nothing));
            read.addAll(page.events());
            if (page.nextCursor() == null) {
                return read;
            }
            cursor = CursorCodec.decode(page.nextCursor());
        }
    }
}

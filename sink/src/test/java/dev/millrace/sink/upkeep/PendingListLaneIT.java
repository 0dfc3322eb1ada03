package dev.millrace.sink.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.sink.TestRows;
import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.write.BatchWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PendingListLaneIT {
    private static final int ROWS = 2_000;

    private final TestDatabase database = TestDatabase.create();
    private final String ownerUrl = database.url() + "?user=" + TestDatabase.OWNER;
    private final PendingLists lists = new PendingLists();
    private int offset;

    @BeforeEach
    void prepare() throws SQLException {
        try (Connection connection = database.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION pgstattuple");
        }
        new TablePartitions(ownerUrl).ensure(List.of(Instant.parse("2026-11-05T00:00:00Z")), Instant::toEpochMilli);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void listStaysShortWhileRowsComeAndGrowsWithoutTheLane() throws SQLException {
        try (Connection session = database.connect(TestDatabase.OWNER);
                Connection writer = database.connect(TestDatabase.WRITER)) {
            // Given
            insert(writer);
            lists.measure(session);
            double oneBatch = lists.bytes();
            try (Upkeep upkeep = Upkeep.start(
                    "test", ownerUrl, UpkeepSettings.DEFAULT, () -> true, System::nanoTime, Clock.systemUTC())) {
                await().until(upkeep::isLeading);
                // When
                double most = 0;
                for (int batch = 0; batch < 20; batch++) {
                    insert(writer);
                    await().atMost(Duration.ofSeconds(5)).until(() -> measured(session) == 0);
                    most = Math.max(most, upkeep.pendingBytes());
                }
                // Then
                assertThat(most).isLessThanOrEqualTo(2 * oneBatch);
                assertThat(upkeep.longLists()).isZero();
            }
            // When
            for (int batch = 0; batch < 3; batch++) {
                insert(writer);
            }
            // Then
            assertThat(measured(session)).isGreaterThan(2 * oneBatch);
        }
    }

    @Test
    void longListIsCountedAndLookedAtAgainSoon() throws SQLException {
        try (Connection session = database.connect(TestDatabase.OWNER);
                Connection writer = database.connect(TestDatabase.WRITER)) {
            // Given
            AtomicLong nanos = new AtomicLong();
            PendingListLane lane = new PendingListLane(nanos::get);
            try (Statement statement = writer.createStatement()) {
                statement.execute("SET gin_pending_list_limit = '64MB'");
            }
            while (measured(session) < 40 << 20) {
                insert(writer);
            }
            nanos.addAndGet(Duration.ofSeconds(2).toNanos());
            // When
            Duration first = lane.step(session);
            Duration second = lane.step(session);
            // Then
            assertThat(lane.longLists()).isEqualTo(1);
            // The two lists together have 40 MiB or more, which came in 2 s; the longer one is to have 2.
            assertThat(first).isBetween(Duration.ofMillis(20), Duration.ofMillis(200));
            assertThat(second).isEqualTo(Duration.ofMillis(500));
            assertThat(measured(session)).isZero();
        }
    }

    @Test
    void batchLetsTheListGrowBeyondTheServersOwnLimit() throws SQLException {
        // Given
        try (Connection session = database.connect(TestDatabase.OWNER);
                BatchWriter writer = new BatchWriter(
                        database.url() + "?user=" + TestDatabase.WRITER,
                        "test",
                        "events.v1",
                        "id",
                        new TablePartitions(ownerUrl))) {
            writer.storedOffsets(List.of(0));
            String payload = IntStream.range(0, 100)
                    .mapToObj(n -> "\"k" + n + "\": %1$d")
                    .collect(Collectors.joining(", ", "{", "}"));
            // When
            for (int start = 0; start < 12_000; start += 3_000) {
                writer.write(TestRows.batch(IntStream.range(start, start + 3_000)
                        .mapToObj(n -> TestRows.row(n, TestRows.id(n), payload.formatted(n)))
                        .toArray(EventRow[]::new)));
            }
            // Then
            assertThat(measured(session)).isGreaterThan(8 << 20);
        }
    }

    @Test
    void listThatSomebodyElseHoldsIsPassed() throws SQLException {
        try (Connection session = database.connect(TestDatabase.OWNER);
                Connection other = database.connect(TestDatabase.OWNER);
                Statement statement = session.createStatement();
                Statement holding = other.createStatement()) {
            // Given
            statement.execute("SET lock_timeout = '50ms'");
            other.setAutoCommit(false);
            holding.execute("ALTER INDEX event_2026_11_payload_idx SET (fastupdate = on)");
            // When
            Duration wait = new PendingListLane(System::nanoTime).step(session);
            // Then
            assertThat(wait).isPositive();
        }
    }

    private double measured(Connection session) {
        lists.measure(session);
        return lists.bytes();
    }

    private void insert(Connection writer) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute(
                    "INSERT INTO event SELECT '2026-11-05', 0, n + %d, NULL, gen_random_uuid(), 'lent', now(),"
                                    .formatted(offset)
                            + " jsonb_build_object('n', n, 'a', md5(n::text), 'b', md5('b' || n), 'c', n * 7), '{}'"
                            + " FROM generate_series(1, %d) AS n".formatted(ROWS));
            offset += ROWS;
        }
    }
}

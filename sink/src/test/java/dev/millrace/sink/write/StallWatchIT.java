package dev.millrace.sink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import dev.millrace.schemas.testing.TcpProxy;
import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.sink.LoggedLines;
import dev.millrace.sink.TestRows;
import dev.millrace.sink.metrics.SinkMetrics;
import dev.millrace.sink.upkeep.TablePartitions;
import dev.millrace.sink.write.WriteOutcome.Written;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The causes are provoked, not pretended: what Postgres says about them is what is under test. */
@Timeout(60)
class StallWatchIT {
    /** Long enough for three looks at least, whatever the machine does beside. */
    private static final Duration STALL = Duration.ofMillis(500);

    private final TestDatabase database = TestDatabase.create();
    private final TcpProxy line =
            new TcpProxy(database.server().host(), database.server().port());
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final TablePartitions tablePartitions = new TablePartitions(database.url() + "?user=" + TestDatabase.OWNER);
    private final LoggedLines logged = LoggedLines.warningsOf(StallWatch.class);
    private final BatchWriter writer = new BatchWriter(
            new PrimaryLogin(
                    database.urlVia(line.port()) + "?user=" + TestDatabase.WRITER,
                    "test-stalled",
                    new KnownTimelines()),
            "events.v1",
            "topic-id",
            tablePartitions,
            new StallWatch(
                    database.url() + "?user=" + TestDatabase.OWNER,
                    "test-stall-watch",
                    Duration.ofSeconds(1),
                    System::nanoTime,
                    new SinkMetrics(registry)::stalled));

    @BeforeEach
    void beginAtOne() {
        // By a writer that nobody watches: the first batch makes the table partition, and may take its time.
        try (BatchWriter first = new BatchWriter(
                database.url() + "?user=" + TestDatabase.WRITER, "test", "events.v1", "topic-id", tablePartitions)) {
            first.storedOffsets(List.of(0));
            first.write(TestRows.batch(TestRows.row(0, TestRows.id(0), "{}")));
        }
    }

    @AfterEach
    void close() {
        writer.close();
        line.close();
        logged.close();
        database.close();
    }

    @Test
    void lockOfAnotherSessionIsTheCauseAndNoConnectionIsLeft() throws Exception {
        try (Connection other = database.connect(TestDatabase.OWNER);
                Statement statement = other.createStatement()) {
            // Given
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM sink_offset FOR UPDATE");
            // When
            CompletableFuture<WriteOutcome> written = CompletableFuture.supplyAsync(
                    () -> writer.write(TestRows.batch(TestRows.row(1, TestRows.id(1), "{}"))));
            await().until(() -> number("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") == 1);
            await().during(Duration.ofMillis(300)).until(() -> !written.isDone());
            other.rollback();
            // Then
            assertThat(written.join()).isEqualTo(new Written(WritePath.COPY, 1, 0, 0));
            assertCause("lock");
            await().until(() -> watches() == 0);
        }
    }

    @Test
    void pendingListThatIsCleanedInsideTheTransactionIsTheCause() throws SQLException {
        // Given
        execute("ALTER TABLE event_2026_11 SET (autovacuum_enabled = off)");
        setLimit(1 << 20);
        execute("INSERT INTO event SELECT '2026-11-22 12:00', 1, n, NULL, gen_random_uuid(), 'lent', now(),"
                + " (SELECT jsonb_object_agg('k' || i, md5(n || ':' || i)) FROM generate_series(1, 40) AS i), '{}'"
                + " FROM generate_series(1, 30000) AS n");
        setLimit(64);
        // When
        writer.write(TestRows.batch(TestRows.row(1, TestRows.id(1), "{}")));
        // Then
        assertCause("pending_list");
    }

    @Test
    void standbyThatDoesNotConfirmIsTheCause() throws Exception {
        // Given
        AtomicBoolean ending = new AtomicBoolean();
        setStandby("SET synchronous_standby_names = 'nobody'");
        try {
            // When: the server takes the setting up in its own time, the first transaction after that waits
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                for (int offset = 1; !ending.get(); offset++) {
                    writer.write(TestRows.batch(TestRows.row(offset, TestRows.id(offset), "{}")));
                }
            });
            await().until(() -> number("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'test-stalled'"
                            + " AND wait_event = 'SyncRep'")
                    == 1);
            await().during(STALL).until(() -> !writing.isDone());
            ending.set(true);
            setStandby("RESET synchronous_standby_names");
            writing.join();
        } finally {
            ending.set(true);
            setStandby("RESET synchronous_standby_names");
        }
        // Then
        assertCause("replica");
    }

    @Test
    void triggerThatComputesIsTheCause() throws SQLException {
        // Given
        execute("CREATE FUNCTION compute() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE until timestamptz;"
                + " BEGIN until := clock_timestamp() + interval '" + STALL.toMillis() + " ms';"
                + " WHILE clock_timestamp() < until LOOP END LOOP; RETURN new; END $$");
        execute("CREATE TRIGGER compute BEFORE INSERT ON event_identity FOR EACH ROW EXECUTE FUNCTION compute()");
        // When
        writer.write(TestRows.batch(TestRows.row(1, TestRows.id(1), "{}")));
        // Then
        assertCause("cpu");
    }

    @Test
    void lineThatFreezesInsideTheTransactionIsTheCause() {
        // Given
        line.toServer(() -> (bytes, length, link) -> {
            if (new String(bytes, 0, length, StandardCharsets.ISO_8859_1).contains(TableCopy.EVENT_COPY)) {
                link.pause(STALL);
            }
            link.forward(bytes, 0, length);
        });
        // When
        writer.write(TestRows.batch(TestRows.row(1, TestRows.id(1), "{}")));
        // Then
        assertCause("client");
    }

    @Test
    void transactionThatEndsInTimeIsNotCountedAndCostsNoConnection() throws SQLException {
        long begin = System.nanoTime();
        // When
        writer.write(TestRows.batch(TestRows.row(1, TestRows.id(1), "{}")));
        // Then
        assumeThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("the machine is too busy for a transaction that ends in time")
                .isLessThan(Duration.ofMillis(100));
        await().during(Duration.ofMillis(250)).until(() -> logged.lines().isEmpty() && watches() == 0);
    }

    /** One stall has this name in the metric and in the log; a slow disk may make others, under theirs. */
    private void assertCause(String cause) {
        await().untilAsserted(() -> assertThat(stalls(cause)).isEqualTo(1));
        assertThat(logged.lines())
                .filteredOn(text -> text.contains("cause=" + cause + " "))
                .hasSize(1)
                .first(STRING)
                .containsPattern("millis=[0-9]{3,} ");
    }

    private double stalls(String cause) {
        return registry.get("sink.stalls").tag("cause", cause).counter().count();
    }

    /** For the whole server; nothing else writes there while this test does. */
    private void setStandby(String sql) throws SQLException {
        try (Connection connection = database.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM " + sql);
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private void setLimit(int kilobytes) throws SQLException {
        for (String column : new String[] {"payload", "metadata"}) {
            execute("ALTER INDEX event_2026_11_" + column + "_idx SET (gin_pending_list_limit = " + kilobytes + ")");
        }
    }

    private long watches() throws SQLException {
        return number("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'test-stall-watch'");
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = database.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect(TestDatabase.OWNER);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

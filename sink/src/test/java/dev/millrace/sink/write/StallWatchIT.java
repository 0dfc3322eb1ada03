package dev.millrace.sink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.sink.TestRows;
import dev.millrace.sink.upkeep.TablePartitions;
import dev.millrace.sink.write.WriteOutcome.Written;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The causes are provoked, not pretended: what Postgres says about them is what is under test. */
@Timeout(60)
class StallWatchIT {
    private final TestDatabase database = TestDatabase.create();
    private final List<StallCause> stalls = new CopyOnWriteArrayList<>();
    private final BatchWriter writer = new BatchWriter(
            database.url() + "?user=" + TestDatabase.WRITER,
            "test-stalled",
            "events.v1",
            "topic-id",
            new TablePartitions(database.url() + "?user=" + TestDatabase.OWNER),
            new StallWatch(
                    database.url() + "?user=" + TestDatabase.OWNER, "test-stall-watch", System::nanoTime, stalls::add));

    @BeforeEach
    void beginAtZero() {
        writer.storedOffsets(List.of(0));
        // The first one makes the table partition and warms up.
        writer.write(TestRows.batch(TestRows.row(0, TestRows.id(0), "{}")));
        stalls.clear();
    }

    @AfterEach
    void close() {
        writer.close();
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
            await().untilAsserted(() -> assertThat(stalls).containsExactly(StallCause.LOCK));
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
        await().untilAsserted(() -> assertThat(stalls).containsExactly(StallCause.PENDING_LIST));
    }

    @Test
    void transactionThatEndsInTimeIsNotCountedAndCostsNoConnection() throws SQLException {
        // When
        writer.write(TestRows.batch(TestRows.row(1, TestRows.id(1), "{}")));
        // Then
        await().during(Duration.ofMillis(250)).until(() -> stalls.isEmpty() && watches() == 0);
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

package dev.millrace.sink.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.schemas.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.YearMonth;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PendingListsIT {
    private final TestDatabase database = TestDatabase.create();
    private final String ownerUrl = database.url() + "?user=" + TestDatabase.OWNER;

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void listsOfAllTablePartitionsGrowWithEventsAndAreEmptyAfterACleanUp() throws SQLException {
        // Given
        execute("postgres", "CREATE EXTENSION pgstattuple");
        new TablePartitions(ownerUrl).ensure(Set.of(YearMonth.of(2026, 10), YearMonth.of(2026, 11)));
        try (PendingLists lists = new PendingLists(ownerUrl, Duration.ofMillis(20))) {
            await().until(() -> lists.bytes() == 0);
            // When
            insert("2026-10-05");
            // Then
            await().until(() -> lists.bytes() > 0);
            double one = lists.bytes();
            insert("2026-11-05");
            await().until(() -> lists.bytes() == 2 * one);
            assertThat(one % 8192).isZero();
            // When
            execute(
                    TestDatabase.OWNER,
                    "SELECT gin_clean_pending_list(indexrelid) FROM pg_index JOIN pg_class ON oid = indexrelid"
                            + " WHERE relkind = 'i' AND relname LIKE 'event_2026%' AND relam ="
                            + " (SELECT oid FROM pg_am WHERE amname = 'gin')");
            // Then
            await().until(() -> lists.bytes() == 0);
        }
    }

    @Test
    void sizeIsNoNumberWhereTheDatabaseCannotSay() throws SQLException {
        // Given
        try (PendingLists lists = new PendingLists(ownerUrl, Duration.ofMillis(20))) {
            // When
            await().during(Duration.ofMillis(200)).until(() -> Double.isNaN(lists.bytes()));
            execute("postgres", "CREATE EXTENSION pgstattuple");
            // Then
            await().until(() -> lists.bytes() == 0);
        }
    }

    private void insert(String day) throws SQLException {
        execute(
                TestDatabase.WRITER,
                "INSERT INTO event SELECT '%s', 0, n, NULL, gen_random_uuid(), 'lent', now(),".formatted(day)
                        + " jsonb_build_object('n', n), '{}' FROM generate_series(1, 500) AS n");
    }

    private void execute(String role, String sql) throws SQLException {
        try (Connection connection = database.connect(role);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

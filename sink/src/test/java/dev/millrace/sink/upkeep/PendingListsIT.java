package dev.millrace.sink.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PendingListsIT {
    private final TestDatabase database = TestDatabase.create();
    private final PendingLists lists = new PendingLists();
    private final String ownerUrl = database.url() + "?user=" + TestDatabase.OWNER;

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void listsOfAllTablePartitionsGrowWithEventsAndAreEmptyAfterACleanUp() throws SQLException {
        // Given
        execute("postgres", "CREATE EXTENSION pgstattuple");
        new TablePartitions(ownerUrl)
                .ensure(
                        List.of(Instant.parse("2026-10-05T00:00:00Z"), Instant.parse("2026-11-05T00:00:00Z")),
                        Instant::toEpochMilli);
        try (Connection session = database.connect(TestDatabase.OWNER)) {
            lists.measure(session);
            assertThat(lists.bytes()).isZero();
            // When
            insert("2026-10-05");
            // Then
            lists.measure(session);
            double one = lists.bytes();
            assertThat(one).isPositive();
            assertThat(one % 8192).isZero();
            insert("2026-11-05");
            lists.measure(session);
            assertThat(lists.bytes()).isEqualTo(2 * one);
            // When
            new PendingListLane(System::nanoTime).step(session);
            // Then
            lists.measure(session);
            assertThat(lists.bytes()).isZero();
        }
    }

    @Test
    void sizeIsNoNumberWhereTheDatabaseCannotSay() throws SQLException {
        // Given
        try (Connection session = database.connect(TestDatabase.OWNER)) {
            // When
            lists.measure(session);
            double without = lists.bytes();
            execute("postgres", "CREATE EXTENSION pgstattuple");
            lists.measure(session);
            // Then
            assertThat(without).isNaN();
            assertThat(lists.bytes()).isZero();
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

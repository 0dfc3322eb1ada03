package dev.millrace.sink.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.schemas.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeadIT {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final TestDatabase database = TestDatabase.create();
    private final Lead first = lead("first", 7);
    private final Lead second = lead("second", 7);

    @AfterEach
    void close() {
        first.close();
        second.close();
        database.close();
    }

    @Test
    void oneLeadsUntilItsSessionIsEndedAndThenAnother() throws SQLException {
        // Given
        assertThat(first.isHeld()).isTrue();
        assertThat(second.isHeld()).isFalse();
        // When
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'first'");
        // Then
        await().until(second::isHeld);
        first.close();
        assertThat(first.isHeld()).isFalse();
    }

    @Test
    void closingLetsAnotherLead() throws SQLException {
        // Given
        assertThat(first.isHeld()).isTrue();
        // When
        first.close();
        // Then
        await().until(second::isHeld);
    }

    @Test
    void leaderThatFallsSilentIsEndedByTheServer() throws SQLException {
        // Given
        assertThat(first.isHeld()).isTrue();
        try (Statement statement = first.session().createStatement()) {
            assertThat(statement.executeUpdate("SET idle_session_timeout = '100ms'"))
                    .isZero();
        }
        // When, Then
        await().until(second::isHeld);
    }

    @Test
    void silenceIsBoundedFromTheStart() throws SQLException {
        try (Statement statement = first.session().createStatement();
                var row = statement.executeQuery("SHOW idle_session_timeout")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("2min");
        }
    }

    @Test
    void locksOfDifferentNumbersAreHeldByDifferentSessions() throws SQLException {
        // Given
        try (Lead other = lead("other", 8)) {
            // When, Then
            assertThat(first.isHeld()).isTrue();
            assertThat(other.isHeld()).isTrue();
        }
    }

    private Lead lead(String name, long lock) {
        return new Lead(database.url() + "?user=" + TestDatabase.OWNER, name, lock, LIMIT);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

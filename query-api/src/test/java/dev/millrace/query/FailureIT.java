package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.millrace.query.ApiClient.Answer;
import dev.millrace.schemas.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailureIT extends OwnStore {
    private static final String SESSIONS =
            "FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'millrace-query-api'";

    @BeforeEach
    void append() throws SQLException {
        store.append(0, 1);
        store.commit();
        api.events();
    }

    @Test
    void aQueryThatRunsIntoItsTimeLimitIsTooExpensive() throws SQLException {
        // Given
        store.execute("LOCK TABLE event IN ACCESS EXCLUSIVE MODE");
        // When
        Answer answer = api.events();
        store.commit();
        // Then
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("type")).isEqualTo("urn:millrace:problem:query-too-expensive");
        assertThat(answer.body()).doesNotContain("statement").doesNotContain("cancel");
        assertThat(api.events().status()).isEqualTo(200);
    }

    /** However it was tried, the limit is that of one statement. */
    @Test
    void aQueryForContentHasNoMoreTimeThanAnother() throws SQLException {
        // Given
        store.execute("LOCK TABLE event IN ACCESS EXCLUSIVE MODE");
        long start = System.nanoTime();
        // When
        Answer answer = api.events("match", "{\"second\":1}");
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        store.commit();
        // Then
        assertThat(answer.status()).isEqualTo(422);
        assertThat(took).isBetween(Duration.ofMillis(1_950), Duration.ofMillis(2_900));
        assertThat(api.events("match", "{\"second\":1}").status()).isEqualTo(200);
    }

    @Test
    void aConnectionThatDiedIsReplacedWithinTheRequest() throws SQLException {
        // Given
        api.events();
        try (Connection reader = store.connect(TestDatabase.READER);
                Statement statement = reader.createStatement();
                // When
                ResultSet killed = statement.executeQuery(
                        "SELECT count(*) FROM (SELECT pg_terminate_backend(pid) " + SESSIONS + ")")) {
            Answer answer = api.events();
            // Then
            assertThat(killed.next()).isTrue();
            assertThat(killed.getInt(1)).isPositive();
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void noSessionIsLeftInATransaction() throws SQLException {
        // When
        try (Connection reader = store.connect(TestDatabase.READER);
                Statement statement = reader.createStatement();
                ResultSet sessions = statement.executeQuery("SELECT count(*), bool_and(state = 'idle') " + SESSIONS)) {
            // Then
            assertThat(sessions.next()).isTrue();
            assertThat(sessions.getInt(1)).isBetween(1, 4);
            assertThat(sessions.getBoolean(2)).isTrue();
        }
    }

    @Test
    void aPortThatIsTakenLeavesNothingRunning() {
        // When
        Throwable thrown = catchThrowable(() -> QueryApiApp.start(new QueryApiSettings(
                store.readerUrl(), "127.0.0.1", api.port(), 2, false, ApiClient.LIMITS, Optional.empty())));
        // Then
        assertThat(thrown).isNotNull();
        // A thread that was told to end may still be on its way out.
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .filteredOn(thread -> thread.getName().startsWith("replica:housekeeper"))
                        .hasSize(1));
    }
}

package dev.millrace.query.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.millrace.schemas.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplicaIT {
    private static final String SESSIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name = 'millrace-query-api' AND ";

    private TestDatabase database;
    private Replica replica;

    @BeforeEach
    void start() {
        database = TestDatabase.create();
        replica = Replica.at(
                database.url() + "?user=" + TestDatabase.READER,
                2,
                new MicrometerMetricsTrackerFactory(new SimpleMeterRegistry()));
    }

    @AfterEach
    void stop() {
        replica.close();
        database.close();
    }

    @Test
    void everyReadIsOneSnapshotThatNeverWrites() {
        for (int attempt = 0; attempt < 3; attempt++) {
            // When
            List<String> settings = replica.read(connection -> List.of(
                    text(connection, "SHOW transaction_isolation"),
                    text(connection, "SHOW transaction_read_only"),
                    text(connection, "SHOW plan_cache_mode"),
                    text(connection, "SHOW statement_timeout"),
                    text(connection, "SHOW jit"),
                    text(connection, "SHOW TimeZone"),
                    text(connection, "SHOW application_name")));
            // Then
            assertThat(settings)
                    .containsExactly(
                            "repeatable read", "on", "force_custom_plan", "2s", "off", "UTC", "millrace-query-api");
        }
    }

    @Test
    void aConnectionThatNobodyHasUsedIsInNoTransaction() throws SQLException {
        try (Connection observer = database.connect(TestDatabase.OWNER)) {
            // When: the pool has made its first connection by itself
            await().until(() -> text(observer, SESSIONS + "state IN ('idle', 'idle in transaction')")
                    .equals("1"));
            // Then
            await().untilAsserted(() ->
                    assertThat(text(observer, SESSIONS + "state = 'idle'")).isEqualTo("1"));
        }
    }

    @Test
    void whatReplayCancelledRunsOnceMoreAndThenGivesUp() {
        // Given
        List<String> tries = new ArrayList<>();
        // When
        ReadException thrown = catchThrowableOfType(
                ReadException.class,
                () -> replica.read(connection -> {
                    tries.add("try");
                    throw new SQLException("canceling statement due to conflict with recovery", "40001");
                }));
        // Then
        assertThat(tries).hasSize(2);
        assertThat(thrown.kind()).isEqualTo(ReadException.Kind.UNAVAILABLE);
        assertThat(thrown.getSuppressed()).hasSize(1);
    }

    @Test
    void aQueryThatIsTooExpensiveRunsOnce() {
        // Given
        List<String> tries = new ArrayList<>();
        // When
        ReadException thrown = catchThrowableOfType(
                ReadException.class,
                () -> replica.read(connection -> {
                    tries.add("try");
                    return text(connection, "SELECT pg_sleep(10)");
                }));
        // Then
        assertThat(tries).hasSize(1);
        assertThat(thrown.kind()).isEqualTo(ReadException.Kind.TOO_EXPENSIVE);
        assertThat(replica.<String>read(connection -> text(connection, "SELECT 1")))
                .isEqualTo("1");
    }

    @Test
    void everyConnectionComesBackWithoutItsTransaction() throws SQLException {
        // When
        for (int read = 0; read < 200; read++) {
            replica.read(connection -> text(connection, "SELECT 1"));
        }
        // Then
        try (Connection connection = database.connect(TestDatabase.OWNER)) {
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> text(
                                    connection,
                                    "SELECT count(*) FROM pg_stat_activity WHERE usename = '" + TestDatabase.READER
                                            + "' AND xact_start IS NOT NULL")
                            .equals("0"));
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}

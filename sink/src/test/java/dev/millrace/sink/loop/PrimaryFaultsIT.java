package dev.millrace.sink.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.schemas.testing.LinkFault;
import dev.millrace.schemas.testing.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Trouble with the primary holds up the sink and no more: no record is lost, doubled or rejected. */
@Timeout(60)
class PrimaryFaultsIT {
    /** The longest back-off, and a batch. */
    private static final Duration SOON = Duration.ofSeconds(8);

    private static final String OURS = " FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name = '" + ProxiedWorker.NAME + "'";

    private final ProxiedWorker worker = new ProxiedWorker();

    @AfterEach
    void close() {
        worker.close();
    }

    @Test
    void tableThatIsLockedForLongerThanWeWaitIsTriedAgain() throws SQLException {
        // Given
        worker.publish(100);
        worker.assertStoredWithin(SOON);
        try (Connection person = worker.database.connect(TestDatabase.OWNER);
                Statement statement = person.createStatement()) {
            person.setAutoCommit(false);
            statement.execute("LOCK TABLE event");
            // When
            worker.publish(100);
            await().atMost(Duration.ofSeconds(14)).until(() -> !worker.isReady());
            worker.assertNothingRejected();
            person.rollback();
        }
        // Then
        worker.assertStoredWithin(SOON);
    }

    @Test
    void statementThatIsCancelledIsTriedAgain() throws SQLException {
        // Given
        worker.publish(100);
        worker.assertStoredWithin(SOON);
        try (Connection person = worker.database.connect(TestDatabase.OWNER);
                Statement statement = person.createStatement()) {
            person.setAutoCommit(false);
            statement.execute("LOCK TABLE event");
            worker.publish(100);
            // When: as statement_timeout does, with the same SQLSTATE
            await().until(() -> worker.number("SELECT count(pg_cancel_backend(pid))" + OURS
                            + " AND state = 'active' AND wait_event_type = 'Lock'")
                    == 1);
            await().until(() -> !worker.isReady());
            person.rollback();
        }
        // Then
        worker.assertStoredWithin(SOON);
    }

    @Test
    void statementTimeoutOfTheRoleGivesWayToThatOfTheSink() {
        // Given
        String role = "ALTER ROLE millrace_writer IN DATABASE "
                + worker.database.url().replaceFirst(".*/", "");
        worker.execute(role + " SET statement_timeout = '5ms'");
        worker.execute("SELECT pg_terminate_backend(pid)" + OURS);
        // When
        worker.publish(2_000);
        // Then
        worker.assertStoredWithin(SOON);
    }

    @Test
    void connectionsThatAreUsedUpAreWaitedFor() {
        // Given
        String connections = "ALTER DATABASE " + worker.database.url().replaceFirst(".*/", "") + " CONNECTION LIMIT ";
        worker.execute(connections + "0");
        worker.execute("SELECT pg_terminate_backend(pid)" + OURS);
        // When
        worker.publish(100);
        await().until(() -> !worker.isReady());
        worker.execute(connections + "-1");
        // Then
        worker.assertStoredWithin(SOON);
    }

    @Test
    void permissionThatIsGoneStopsTheWorkerWhichSaysSo() {
        // Given
        worker.publish(100);
        worker.assertStoredWithin(SOON);
        worker.execute("REVOKE INSERT ON event FROM millrace_writer");
        // When
        worker.publish(100);
        // Then
        assertThat(worker.end().handle((done, failure) -> failure))
                .succeedsWithin(SOON)
                .isInstanceOfSatisfying(
                        CompletionException.class,
                        failure -> assertThat(failure)
                                .hasStackTraceContaining("sqlState=42501")
                                .hasStackTraceContaining("permission denied for table event"));
        worker.assertNothingRejected();
        worker.execute("GRANT INSERT ON event TO millrace_writer");
        worker.start();
        worker.assertStoredWithin(SOON);
    }

    @Test
    void lineThatSwallowsACopyIsGivenUpAndItsBackendEnded() {
        // Given: the line takes everything and passes on nothing, once the COPY runs
        worker.restartWithSocketTimeout(Duration.ofSeconds(4));
        worker.publish(100);
        worker.assertStoredWithin(SOON);
        LinkFault swallow = new LinkFault() {
            private int passed;

            @Override
            public synchronized void pass(byte[] bytes, int length, Link link) throws IOException {
                passed += length;
                if (passed < 20_000) {
                    link.forward(bytes, 0, length);
                }
            }
        };
        worker.proxy.toServer(() -> swallow);
        // When
        worker.publish(2_000);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> worker.number("SELECT count(*)" + OURS + " AND query LIKE 'COPY%'"
                                + " AND wait_event = 'ClientRead' AND clock_timestamp() - state_change > '1 s'")
                        == 1);
        worker.proxy.heal();
        // Then: the socket's limit, then the patience with the backend that still holds the offsets
        worker.assertStoredWithin(Duration.ofSeconds(30));
    }

    @Test
    void backendsThatAreEndedInTheMiddleOfTheirCopyCostNothing() {
        // Given
        int wanted = 8;
        CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(() -> endCopies(wanted));
        // When
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(40))
                .until(() -> {
                    // Not more than it can catch up with on a slow machine.
                    if (worker.backlog() < 3_000) {
                        worker.publish(300);
                    }
                    return ended.isDone();
                });
        // Then
        assertThat(ended).isCompletedWithValue(wanted);
        worker.assertStoredWithin(Duration.ofSeconds(20));
    }

    private int endCopies(int wanted) {
        int ended = 0;
        long deadline = System.nanoTime() + Duration.ofSeconds(35).toNanos();
        try (Connection connection = worker.database.connect("postgres");
                Statement statement = connection.createStatement()) {
            while (ended < wanted && System.nanoTime() - deadline < 0) {
                ended += statement
                                .executeQuery("SELECT pg_terminate_backend(pid)" + OURS
                                        + " AND pid IN (SELECT pid FROM pg_stat_progress_copy)")
                                .next()
                        ? 1
                        : 0;
            }
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
        return ended;
    }
}

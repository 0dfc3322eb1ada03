package dev.millrace.sink.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpkeepThreadIT {
    private static final String SLEEPING =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'long' AND state = 'active'";

    private final UpkeepDatabase database = new UpkeepDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void closingBreaksOffAStatementThatTakesLong() throws SQLException {
        // Given
        Lead lead = new Lead(database.ownerUrl(), "long", 9, Duration.ofHours(1));
        UpkeepThread thread = UpkeepThread.start("long", new UpkeepThread.Step() {
            @Override
            public Duration run() throws SQLException {
                try (Statement statement = lead.session().createStatement()) {
                    statement.execute("SELECT pg_sleep(600)");
                }
                return Duration.ZERO;
            }

            @Override
            public void letGo() {
                lead.close();
            }
        });
        await().untilAsserted(() -> assertThat(database.query(SLEEPING)).containsExactly("1"));
        long start = System.nanoTime();
        // When
        thread.close();
        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        // The server looks every 10 s whether somebody still waits for the statement.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(database.query(SLEEPING)).containsExactly("0"));
    }

    @Test
    void stepThatFailsLetsGoAndIsTriedAgain() throws InterruptedException {
        // Given
        AtomicInteger runs = new AtomicInteger();
        AtomicInteger letGos = new AtomicInteger();
        CountDownLatch third = new CountDownLatch(3);
        UpkeepThread.Step step = new UpkeepThread.Step() {
            @Override
            public Duration run() throws SQLException {
                third.countDown();
                switch (runs.incrementAndGet()) {
                    case 1 -> throw new SQLException("away", "08006");
                    case 2 -> throw new IllegalStateException("a mistake");
                    default -> {
                        return Duration.ofHours(1);
                    }
                }
            }

            @Override
            public void letGo() {
                letGos.incrementAndGet();
            }
        };
        // When
        try (UpkeepThread thread = UpkeepThread.start("failing", step)) {
            third.await();
            // Then
            assertThat(thread).isNotNull();
            assertThat(letGos).hasValue(2);
        }
        assertThat(runs).hasValue(3);
    }
}

package dev.millrace.compose.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.ingest.publish.EventLineReader;
import dev.millrace.ingest.publish.EventPublisher;
import dev.millrace.ingest.publish.PublisherConfig;
import dev.millrace.ingest.publish.Receipt;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sink is killed in the middle of its work, again and again, and nobody notices from the table. */
class SinkCrashIT {
    private static final int EVENTS = 20_000;
    private static final int[] KILLED_AT = {2_000, 8_000, 15_000};

    @TempDir
    Path directory;

    @Test
    void sinkThatIsKilledLosesNothingAndDoublesNothing() throws Exception {
        try (RunningMillrace millrace = RunningMillrace.start(directory.resolve("data"));
                Connection primary = DriverManager.getConnection(millrace.setting("PRIMARY_URL"));
                Connection replica = DriverManager.getConnection(millrace.setting("REPLICA_URL"))) {
            // Given
            String servers = millrace.setting("KAFKA_BOOTSTRAP_SERVERS");
            CompletableFuture<List<Receipt>> published = CompletableFuture.supplyAsync(() -> publish(servers));
            // When
            for (int killedAt : KILLED_AT) {
                await().pollInterval(Duration.ofMillis(1))
                        .atMost(60, TimeUnit.SECONDS)
                        .until(() -> stored(primary) >= killedAt);
                long sink = millrace.pid("sink");
                ProcessHandle.of(sink).orElseThrow().destroyForcibly();
                long stored = stored(primary);
                System.out.printf("sink killed with %d of %d events stored%n", stored, EVENTS);
                assertThat(stored).as("killed in the middle").isLessThan(EVENTS);
            }
            List<Receipt> receipts = published.get(2, TimeUnit.MINUTES);
            long begin = System.nanoTime();
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(60, TimeUnit.SECONDS)
                    .until(() -> stored(replica) >= EVENTS);
            System.out.printf("caught up %.1f s after the last acknowledgement%n", (System.nanoTime() - begin) / 1e9);
            // Then
            Map<String, String> expected = new HashMap<>();
            receipts.forEach(receipt -> expected.put(
                    receipt.position().toString(), receipt.eventId().toString()));
            assertThat(expected).hasSize(EVENTS);
            assertThat(stored(primary)).isEqualTo(EVENTS);
            assertThat(rows(primary)).isEqualTo(expected);
            assertThat(rows(replica)).isEqualTo(expected);
            assertThat(number(primary, "SELECT count(*) FROM event")).isEqualTo(EVENTS);
            assertThat(number(primary, "SELECT count(*) FROM event_identity")).isEqualTo(EVENTS);
            assertThat(number(primary, "SELECT sum(duplicates) + sum(rejected) FROM sink_offset"))
                    .isZero();
        }
    }

    /** At a pace that keeps the sink busy over all its deaths. */
    private static List<Receipt> publish(String bootstrapServers) {
        EventLineReader reader = new EventLineReader(Clock.systemUTC());
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        try (EventPublisher publisher =
                new EventPublisher(PublisherConfig.defaults().withBootstrapServers(bootstrapServers))) {
            for (String line : Events.generate(EVENTS)) {
                receipts.add(publisher.publish(reader.read(line.getBytes(StandardCharsets.UTF_8))));
                if (receipts.size() % 100 == 0) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                }
            }
            return receipts.stream().map(CompletableFuture::join).toList();
        }
    }

    private static Map<String, String> rows(Connection database) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT kafka_partition || ':' || kafka_offset, event_id FROM event")) {
            Map<String, String> rows = new HashMap<>();
            while (row.next()) {
                assertThat(rows.put(row.getString(1), row.getString(2))).isNull();
            }
            return rows;
        }
    }

    private static long stored(Connection database) throws SQLException {
        return number(database, "SELECT coalesce(sum(stored), 0) FROM sink_offset");
    }

    private static long number(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}

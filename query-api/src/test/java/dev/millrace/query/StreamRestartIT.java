package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.query.tail.StreamLimits;
import dev.millrace.schemas.testing.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is behind a stream goes away, or comes back older; the clients see every event once all the same. */
class StreamRestartIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final StreamLimits LIMITS =
            new StreamLimits(100, 1_000, 1 << 20, Duration.ofMillis(200), Duration.ofSeconds(20));

    private final StreamClients clients = new StreamClients();
    private EventStore store;
    private ApiClient api;

    @BeforeEach
    void start() throws SQLException {
        store = new EventStore();
        api = new ApiClient(store.readerUrl(), LIMITS);
    }

    @AfterEach
    void stop() throws SQLException, IOException {
        clients.close();
        api.close();
        store.close();
    }

    @Test
    void clientsThatComeBackToAnotherServerMissNothingAndSeeNothingTwice() throws SQLException {
        // Given
        int transactions = 300;
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(transactions, 5));
        List<List<StreamClient>> lives = new ArrayList<>();
        for (int client = 0; client < 20; client++) {
            lives.add(new ArrayList<>(List.of(clients.open(api.port(), "?from=beginning", null))));
        }
        // When
        for (int restarts = 0; restarts < 3; restarts++) {
            await().atMost(SOON)
                    .until(() -> lives.stream().allMatch(life -> last(life).events() > 20));
            api.close();
            await().atMost(SOON)
                    .until(() -> lives.stream().allMatch(life -> last(life).isClosed()));
            api = new ApiClient(store.readerUrl(), LIMITS);
            for (List<StreamClient> life : lives) {
                life.add(clients.open(api.port(), "?from=beginning", last(life).lastId()));
            }
        }
        writing.join();
        // Then
        for (List<StreamClient> life : lives) {
            await().atMost(SOON).until(() -> seen(life, 0).length >= 5 * transactions);
            assertThat(seen(life, 0))
                    .isEqualTo(LongStream.range(0, 5L * transactions).toArray());
        }
    }

    @Test
    void aDatabaseThatCutsItsConnectionsIsReadOn() throws SQLException, InterruptedException {
        // Given
        StreamClient client = clients.open(api.port(), "", null);
        await().atMost(SOON).until(() -> client.lastId() != null);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(100, 3));
        // When
        try (Connection reader = store.connect(TestDatabase.READER);
                Statement statement = reader.createStatement()) {
            for (int cuts = 0; cuts < 20; cuts++) {
                statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND application_name = 'millrace-query-api'");
                Thread.sleep(25);
            }
        }
        writing.join();
        // Then
        await().atMost(SOON).until(() -> client.events() >= 300);
        assertThat(client.offsets(0)).isEqualTo(LongStream.range(0, 300).toArray());
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void whatWasDeliveredStaysDeliveredWhenTheDatabaseLostItsTail() throws SQLException {
        // Given
        write(1, 4);
        StreamClient client = clients.open(api.port(), "?from=beginning", null);
        await().atMost(SOON).until(() -> client.events() == 4);
        // When
        store.execute("UPDATE sink_offset SET next_offset = 2");
        store.commit();
        int heartbeats = client.heartbeats();
        await().atMost(SOON).until(() -> client.heartbeats() > heartbeats + 1);
        store.execute("UPDATE sink_offset SET next_offset = 4");
        store.commit();
        try (PartitionWriter other = new PartitionWriter(store, 1, 0)) {
            other.write(2);
        }
        // Then
        await().atMost(SOON).until(() -> client.events() >= 6);
        assertThat(client.places()).containsExactly("0:0", "0:1", "0:2", "0:3", "1:0", "1:1");
    }

    private void write(int transactions, int events) {
        try (PartitionWriter writer = new PartitionWriter(store, 0, 0)) {
            for (int transaction = 0; transaction < transactions; transaction++) {
                writer.write(events);
                Thread.sleep(5);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static StreamClient last(List<StreamClient> life) {
        return life.get(life.size() - 1);
    }

    private static long[] seen(List<StreamClient> life, int partition) {
        return life.stream()
                .flatMapToLong(client -> LongStream.of(client.offsets(partition)))
                .toArray();
    }
}

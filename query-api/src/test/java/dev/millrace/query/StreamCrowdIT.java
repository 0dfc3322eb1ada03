package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.query.tail.StreamLimits;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamCrowdIT {
    private static final Duration SOON = Duration.ofSeconds(45);
    private static final StreamLimits LIMITS =
            new StreamLimits(1_000, 1_000, 1 << 20, Duration.ofSeconds(2), Duration.ofSeconds(15));

    /** What the queues of those who do not read may hold by their limits, and half as much for all else. */
    private static final long MOST_GROWTH = 100 * LIMITS.queuedBytes() * 3 / 2;

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
    void whatIsNewIsReadOnceHoweverManyFollow() throws SQLException {
        // Given
        List<StreamClient> crowd = new ArrayList<>();
        for (int client = 0; client < 50; client++) {
            crowd.add(clients.openPlain(api.port(), client % 2 == 0 ? "" : "?type=type-1"));
        }
        await().atMost(SOON).until(() -> crowd.stream().allMatch(client -> client.lastId() != null));
        // When
        try (PartitionWriter writer = new PartitionWriter(store, 0, 0)) {
            for (int transaction = 1; transaction <= 10; transaction++) {
                int written = transaction * 3;
                writer.write(3);
                await().atMost(SOON).until(() -> crowd.get(0).events() == written);
            }
        }
        // Then
        await().atMost(SOON).until(() -> crowd.stream().allMatch(client -> client.events() >= 10));
        assertThat(metric("query_streams_read_seconds_count")).isEqualTo(10);
        assertThat(metric("query_streams ")).isEqualTo(50);
    }

    @Test
    void aThousandClientsOfWhomSomeNeverRead() throws SQLException, InterruptedException {
        // Given
        List<StreamClient> crowd = new ArrayList<>();
        String[] queries = {"", "?type=type-0", "?key=key", "?match=%7B%22n%22:7%7D&type=type-1"};
        for (int client = 0; client < 900; client++) {
            crowd.add(clients.openPlain(api.port(), queries[client % 4]));
        }
        for (int client = 0; client < 100; client++) {
            clients.openMute(api.port(), "");
        }
        await().atMost(SOON).until(() -> crowd.stream().allMatch(client -> client.lastId() != null));
        await().atMost(SOON).until(() -> metric("query_streams ") == 1_000);
        long usedBefore = usedBytes();
        long start = System.nanoTime();
        // When
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> write(0, 20, 100, 400));
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> write(1, 20, 50, 400));
        long slowest = 0;
        while (!first.isDone() || !second.isDone()) {
            long asked = System.nanoTime();
            assertThat(api.get("/v1/status").status()).isEqualTo(200);
            slowest = Math.max(slowest, System.nanoTime() - asked);
            Thread.sleep(20);
        }
        first.join();
        second.join();
        long grown = usedBytes() - usedBefore;
        // Then
        await().atMost(SOON)
                .until(() -> IntStream.range(0, 900).allMatch(client -> {
                    resumeIfCutOff(crowd.get(client), queries[client % 4]);
                    return hasAll(crowd.get(client), client % 4);
                }));
        for (int client = 0; client < 900; client++) {
            StreamClient each = crowd.get(client);
            assertThat(each.offsets(0)).as("client %d", client).isEqualTo(expected(client % 4, 2_000));
            assertThat(each.offsets(1)).as("client %d", client).isEqualTo(expected(client % 4, 1_000));
        }
        await().atMost(SOON).until(() -> metric("query_streams ") == 900);
        // On a machine that is busy with other things, some of those who read are slow too.
        assertThat(metric("query_streams_dropped_total")).isGreaterThanOrEqualTo(100);
        assertThat(grown).as("bytes on the heap, while 100 clients do not read").isLessThan(MOST_GROWTH);
        assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(5));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private void resumeIfCutOff(StreamClient client, String query) {
        if (client.lastId() != null && (client.isClosed() || client.status() >= 400)) {
            clients.resume(client, api.port(), query);
        }
    }

    private static boolean hasAll(StreamClient client, int query) {
        return client.events() >= expected(query, 2_000).length + expected(query, 1_000).length;
    }

    private static long[] expected(int query, int events) {
        LongStream all = LongStream.range(0, events);
        return switch (query) {
            case 1 -> all.filter(offset -> offset % 3 == 0).toArray();
            case 3 -> new long[] {7};
            default -> all.toArray();
        };
    }

    @Test
    void whoJoinsWhileManyWriteMissesNothing() throws SQLException {
        // Given
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int partition = 0; partition < 3; partition++) {
            int each = partition;
            writers.add(CompletableFuture.runAsync(() -> write(each, 150, 7, 0)));
        }
        Random random = new Random(20_261_123);
        // When
        List<Joined> joined = new ArrayList<>();
        while (!writers.stream().allMatch(CompletableFuture::isDone)) {
            if (joined.size() < 300) {
                joined.add(join(joined, random));
            }
        }
        writers.forEach(CompletableFuture::join);
        // Then
        assertThat(joined).hasSizeGreaterThan(50);
        int events = 3 * 150 * 7;
        await().atMost(SOON)
                .until(() -> joined.stream().allMatch(each -> {
                    resumeIfCutOff(each.client, "");
                    return each.client.events() >= events - each.seen.size();
                }));
        for (Joined each : joined) {
            List<String> all = new ArrayList<>(each.seen);
            all.addAll(each.client.places());
            for (int partition = 0; partition < 3; partition++) {
                String prefix = partition + ":";
                assertThat(all.stream().filter(place -> place.startsWith(prefix)))
                        .containsExactlyElementsOf(LongStream.range(0, 1_050)
                                .mapToObj(offset -> prefix + offset)
                                .toList());
            }
        }
    }

    /** @param seen what was seen before it came */
    private record Joined(List<String> seen, StreamClient client) {}

    /** From the beginning, or behind any event that another client saw. */
    private Joined join(List<Joined> before, Random random) {
        Joined model = before.isEmpty() ? null : before.get(random.nextInt(before.size()));
        List<String> ids = model == null ? List.of() : model.client.ids();
        if (ids.isEmpty()) {
            return new Joined(List.of(), clients.open(api.port(), "?from=beginning", null));
        }
        int last = random.nextInt(ids.size());
        List<String> seen = new ArrayList<>(model.seen);
        seen.addAll(model.client.places().subList(0, last + 1));
        return new Joined(seen, clients.open(api.port(), "", ids.get(last)));
    }

    private void write(int partition, int transactions, int events, int padding) {
        try (PartitionWriter writer = new PartitionWriter(store, partition, padding)) {
            for (int transaction = 0; transaction < transactions; transaction++) {
                writer.write(events);
                Thread.sleep(10);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private double metric(String name) {
        return Double.parseDouble(api.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElseThrow());
    }
}

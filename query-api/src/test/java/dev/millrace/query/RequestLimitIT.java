package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.query.ApiClient.Answer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestLimitIT {
    private static final int MOST = 3;

    private final ExecutorService clients = Executors.newCachedThreadPool();
    private EventStore store;
    private ApiClient api;

    @BeforeEach
    void start() throws SQLException {
        store = new EventStore();
        store.append(0, 1);
        store.commit();
        api = new ApiClient(new QueryApiSettings(
                store.readerUrl(), "127.0.0.1", 0, MOST + 1, false, new ClientLimits(MOST, 1, 1), Optional.empty()));
    }

    @AfterEach
    void stop() throws SQLException {
        clients.shutdownNow();
        api.close();
        store.close();
    }

    @Test
    void whoComesOnTopIsRefusedAtOnceAndProbesAreNot() throws SQLException {
        // Given
        store.execute("LOCK TABLE event IN ACCESS EXCLUSIVE MODE");
        List<CompletableFuture<Answer>> working = IntStream.range(0, MOST)
                .mapToObj(each -> CompletableFuture.supplyAsync(() -> api.events(), clients))
                .toList();
        await().atMost(Duration.ofSeconds(1)).until(() -> api.get("/v1/status").status() == 429);
        // When
        long begin = System.nanoTime();
        Answer refused = api.events();
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        Answer ready = api.get("/health/ready");
        Answer metrics = api.get("/metrics");
        // Then
        assertThat(working).noneMatch(CompletableFuture::isDone);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text("type")).isEqualTo("urn:millrace:problem:too-many-requests");
        assertThat(refused.response().headers().firstValue("retry-after")).contains("1");
        assertThat(taken).isLessThan(Duration.ofSeconds(1));
        assertThat(ready.status()).isEqualTo(200);
        assertThat(metrics.status()).isEqualTo(200);
        // When
        store.commit();
        // Then
        assertThat(working).allMatch(each -> each.join().status() == 200);
        assertThat(api.events().status()).isEqualTo(200);
    }

    @Test
    void everyPlaceIsGivenBackHoweverARequestEnds() {
        for (int round = 0; round < 3 * MOST; round++) {
            // When
            int good = api.events().status();
            int bad = api.events("limit", "0").status();
            int missing =
                    api.get("/v1/events/0190a5c8-7c1e-7000-8000-000000000000").status();
            // Then
            assertThat(List.of(good, bad, missing)).containsExactly(200, 400, 404);
        }
    }
}

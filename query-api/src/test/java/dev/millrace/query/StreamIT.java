package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.query.tail.StreamLimits;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final StreamLimits LIMITS =
            new StreamLimits(5, 1_000, 1 << 20, Duration.ofMillis(100), Duration.ofSeconds(20));

    private final StreamClients clients = new StreamClients();
    private EventStore store;
    private ApiClient api;
    private int second;

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
    void aStreamStartsWithWhatComesNext() throws SQLException {
        // Given
        append(0, 1, 0);
        StreamClient client = open("");
        // When
        append(1, 0);
        append(0);
        // Then
        awaitEvents(client, 3);
        assertThat(client.places()).containsExactlyInAnyOrder("1:1", "0:2", "0:3");
        assertThat(client.head().toLowerCase())
                .contains(
                        "transfer-encoding: chunked",
                        "content-type: text/event-stream",
                        "cache-control: no-cache",
                        "x-accel-buffering: no")
                .doesNotContain("content-encoding");
    }

    @Test
    void fromTheBeginningComesFirstWhatWasAndThenWhatComes() throws SQLException {
        // Given
        for (int event = 0; event < 300; event++) {
            store.append(event % 3, second++);
        }
        store.commit();
        // When
        StreamClient client = open("?from=beginning");
        awaitEvents(client, 300);
        append(0, 1, 2, 3);
        // Then
        awaitEvents(client, 304);
        List<String> page = api.events("limit", "304").places();
        assertThat(client.places()).containsExactlyElementsOf(page);
    }

    @Test
    void whoComesBackGoesOnBehindTheLastEventItSaw() throws SQLException {
        // Given
        append(0, 1, 2, 0, 1, 2);
        StreamClient whole = open("?from=beginning&type=order.placed");
        awaitEvents(whole, 6);
        for (int event = 0; event < 6; event++) {
            append(event % 3, 0);
            store.skip(1, EventStore.START.plusSeconds(second++), 2);
            store.commit();
        }
        awaitEvents(whole, 18);
        List<String> places = whole.places();
        for (int seen = 1; seen <= 18; seen++) {
            // When
            String id = whole.ids().get(seen - 1);
            StreamClient back = clients.open(
                    api.port(), seen % 2 == 0 ? "?type=order.placed&from=beginning" : "?type=order.placed", id);
            StreamClient byCursor = open("?type=order.placed&cursor=" + id);
            List<String> page = api.events("type", "order.placed", "cursor", id).places();
            // Then
            int left = 18 - seen;
            await().atMost(SOON).until(() -> back.lastId() != null && back.events() >= left);
            awaitEvents(byCursor, left);
            assertThat(back.places()).containsExactlyInAnyOrderElementsOf(places.subList(seen, 18));
            assertThat(byCursor.places()).isEqualTo(back.places());
            assertThat(back.places().subList(0, page.size()))
                    .as("the same cursor for a page")
                    .isEqualTo(page);
            assertOrderOfPartitions(places.subList(0, seen), back.places());
            clients.close(back);
            clients.close(byCursor);
            await().atMost(SOON).until(() -> openStreams() == 1);
        }
    }

    private static void assertOrderOfPartitions(List<String> first, List<String> then) {
        List<String> together = new ArrayList<>(first);
        together.addAll(then);
        for (int partition = 0; partition < 3; partition++) {
            String prefix = partition + ":";
            assertThat(together.stream()
                            .filter(place -> place.startsWith(prefix))
                            .map(place -> Integer.valueOf(place.substring(2))))
                    .isSorted();
        }
    }

    @Test
    void aFilterHoldsForWhatWasAndForWhatComes() throws SQLException {
        // Given
        String match = URLEncoder.encode("{\"n\": [{\"x\": 1.0}]}", StandardCharsets.UTF_8);
        appendPaid("{\"n\": [{\"x\": 1}, 2]}");
        appendPaid("{\"n\": [{\"x\": 2}]}");
        append(0);
        StreamClient client = open("?type=order.paid&match=" + match + "&from=beginning");
        awaitEvents(client, 1);
        await().atMost(SOON).until(() -> client.heartbeats() > 0);
        // When
        appendPaid("{\"n\": [{\"x\": 1, \"y\": 1}]}");
        appendPaid("{\"n\": {\"x\": 1}}");
        append(0);
        appendPaid("{\"n\": [{\"x\": 1e0}]}");
        // Then
        awaitEvents(client, 3);
        assertThat(client.places()).containsExactly("0:0", "0:3", "0:6");
    }

    @Test
    void silenceIsFilledWithHeartbeatsThatSayWhereTheClientStands() throws SQLException {
        // Given
        append(0);
        StreamClient client = open("?type=order.paid");
        String first = client.lastId();
        // When
        append(0, 0, 0);
        await().atMost(SOON)
                .until(() -> client.heartbeats() > 1 && !client.lastId().equals(first));
        String last = client.lastId();
        clients.close(client);
        appendPaid("{}");
        StreamClient back = clients.open(api.port(), "?type=order.paid", last);
        awaitEvents(back, 1);
        // Then
        assertThat(client.places()).isEmpty();
        assertThat(back.places()).containsExactly("0:4");
        store.execute("UPDATE event SET event_type = 'order.paid' WHERE kafka_offset < 4");
        store.commit();
        assertThat(api.events("type", "order.paid", "cursor", last).places())
                .as("what it was spared")
                .containsExactly("0:4");
    }

    @Test
    void aTopicThatIsMadeAgainEndsTheStream() throws SQLException, IOException {
        // Given
        append(0);
        StreamClient client = open("?from=beginning");
        awaitEvents(client, 1);
        // When
        store.remakeTopic("topic-two");
        await().atMost(SOON).until(client::isComplete);
        StreamClient back = clients.open(api.port(), "", client.lastId());
        await().atMost(SOON).until(() -> back.status() != 0);
        // Then
        JsonNode problem = new ObjectMapper().readTree(client.end());
        assertThat(problem.path("type").asText()).isEqualTo("urn:millrace:problem:gone");
        assertThat(back.status()).isEqualTo(410);
    }

    @Test
    void moreStreamsThanThereMayBeAreRefusedUntilOneEnds() {
        // Given
        List<StreamClient> all = new ArrayList<>();
        for (int stream = 0; stream < 5; stream++) {
            all.add(open(""));
        }
        // When
        ApiClient.Answer refused = api.get("/v1/events/stream");
        clients.close(all.get(0));
        await().atMost(SOON).until(() -> openStreams() == 4);
        StreamClient next = open("");
        // Then
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("type")).isEqualTo("urn:millrace:problem:too-many-streams");
        assertThat(refused.response().headers().firstValue("retry-after")).isPresent();
        assertThat(next.status()).isEqualTo(200);
    }

    @Test
    void aServerThatStopsEndsItsStreamsAtOnce() {
        // Given
        StreamClient client = open("");
        long start = System.nanoTime();
        // When
        api.close();
        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        await().atMost(SOON).until(client::isClosed);
        assertThat(client.isComplete()).isTrue();
        assertThat(client.end()).isNull();
    }

    private StreamClient open(String query) {
        StreamClient client = clients.open(api.port(), query, null);
        await().atMost(SOON).until(() -> client.status() == 200 && (query.contains("from") || client.lastId() != null));
        return client;
    }

    private int openStreams() {
        return (int) Double.parseDouble(api.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("query_streams "))
                .findFirst()
                .orElseThrow()
                .substring("query_streams ".length()));
    }

    private static void awaitEvents(StreamClient client, int events) {
        await().atMost(SOON).until(() -> client.events() >= events);
        assertThat(client.events()).isEqualTo(events);
    }

    private void append(int... partitions) throws SQLException {
        for (int partition : partitions) {
            store.append(partition, second++);
        }
        store.commit();
    }

    private void appendPaid(String payload) throws SQLException {
        store.append(0, EventStore.START.plusSeconds(second++), "order.paid", null, payload);
        store.commit();
    }
}

package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.query.ApiClient.Answer;
import dev.millrace.schemas.testing.TestDatabase;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class StatusIT {
    private static final String NOBODY = "jdbc:postgresql://127.0.0.1:1/millrace?user=millrace_reader";

    @Test
    void statusCountsWhatIsStored() throws SQLException {
        try (EventStore store = new EventStore();
                ApiClient api = new ApiClient(store.readerUrl())) {
            // Given
            Answer empty = api.get("/v1/status");
            store.append(0, 5);
            store.append(2, 1);
            store.append(2, 9);
            store.execute("UPDATE sink_offset SET rejected = 7 WHERE kafka_partition = 2");
            store.execute("INSERT INTO sink_offset VALUES ('another.topic', 0, 'x', 50, 0, null, 40, 1, 9)");
            store.commit();
            // When
            Answer status = api.get("/v1/status");
            // Then
            assertThat(empty.body())
                    .isEqualTo("{\"complete_through\":{\"0\":-1,\"1\":-1,\"2\":-1,\"3\":-1},"
                            + "\"replica\":{\"lag_ms\":0,\"lag_bytes\":0},\"events\":0,\"rejected\":0}");
            assertThat(status.body())
                    .isEqualTo("{\"complete_through\":{\"0\":0,\"1\":-1,\"2\":1,\"3\":-1},"
                            + "\"replica\":{\"lag_ms\":0,\"lag_bytes\":0},\"events\":3,\"rejected\":7,"
                            + "\"oldest\":\"2026-11-01T00:00:01Z\",\"newest\":\"2026-11-01T00:00:09Z\"}");
        }
    }

    @Test
    void aMigratedDatabaseIsReady() throws SQLException {
        try (EventStore store = new EventStore();
                ApiClient api = new ApiClient(store.readerUrl());
                ApiClient strict = new ApiClient(store.readerUrl(), true)) {
            // When
            Answer ready = api.get("/health/ready");
            Answer primary = strict.get("/health/ready");
            // Then
            assertThat(ready.status()).isEqualTo(200);
            assertThat(ready.body())
                    .isEqualTo("{\"status\":\"up\",\"checks\":"
                            + "{\"database\":\"up\",\"migrated\":\"up\",\"replica\":\"primary\"}}");
            assertThat(primary.status()).isEqualTo(503);
            assertThat(primary.text("status")).isEqualTo("down");
        }
    }

    @Test
    void withoutTablesItIsNotReadyAndQueriesSayLater() {
        try (TestDatabase database = TestDatabase.createEmpty();
                ApiClient api = new ApiClient(database.url() + "?user=" + TestDatabase.READER)) {
            // When
            Answer ready = api.get("/health/ready");
            Answer events = api.events();
            // Then
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.json().path("checks").path("migrated").asText()).isEqualTo("down");
            assertThat(events.status()).isEqualTo(503);
            assertThat(events.text("type")).isEqualTo("urn:millrace:problem:unavailable");
            assertThat(events.body()).doesNotContain("sink_offset");
        }
    }

    @Test
    void withoutADatabaseItIsAliveButNotReady() {
        try (ApiClient api = new ApiClient(NOBODY)) {
            // When
            Answer live = api.get("/health/live");
            Answer ready = api.get("/health/ready");
            Answer events = api.events();
            Answer bad = api.events("limit", "0");
            Answer metrics = api.get("/metrics");
            // Then
            assertThat(live.body()).isEqualTo("{\"status\":\"up\",\"checks\":{}}");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.body()).isEqualTo("{\"status\":\"down\",\"checks\":{\"database\":\"down\"}}");
            assertThat(events.status()).isEqualTo(503);
            assertThat(events.response().headers().firstValue("retry-after")).contains("1");
            assertThat(bad.status()).isEqualTo(400);
            assertThat(metrics.status()).isEqualTo(200);
        }
    }

    @Test
    void headIsAnsweredLikeGetWithoutTheBody() {
        try (ApiClient api = new ApiClient(NOBODY)) {
            // When
            Answer head = api.send(HttpRequest.newBuilder(api.uri("/health/live"))
                    .method("HEAD", BodyPublishers.noBody())
                    .build());
            // Then
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
        }
    }

    @Test
    void requestsAreMeasuredByTheirRouteAndNeverByTheirPath() throws SQLException {
        try (EventStore store = new EventStore();
                ApiClient api = new ApiClient(store.readerUrl())) {
            // Given
            api.get("/v1/events/0190a5c8-7c1e-7000-8000-000000000000");
            api.get("/nowhere");
            api.events();
            // When
            String metrics = api.get("/metrics").body();
            // Then
            assertThat(metrics)
                    .contains("http_server_requests_seconds_count{method=\"GET\",outcome=\"CLIENT_ERROR\","
                            + "status=\"404\",uri=\"/v1/events/{event_id}\"} 1")
                    .contains("http_server_requests_seconds_count{method=\"GET\",outcome=\"SUCCESS\","
                            + "status=\"200\",uri=\"/v1/events\"} 1")
                    .contains("uri=\"unmatched\"")
                    .contains("hikaricp_connections_active{pool=\"replica\"}")
                    .contains("jvm_memory_used_bytes")
                    .doesNotContain("nowhere");
        }
    }
}

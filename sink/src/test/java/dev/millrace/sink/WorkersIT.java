package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.schemas.Position;
import dev.millrace.schemas.Topic;
import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.schemas.testing.TestTopic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two workers of one process on the four partitions of a topic. */
class WorkersIT {
    private static final int PARTITIONS = 4;

    private final TestDatabase database = TestDatabase.create();
    private final TestTopic topic = TestTopic.create(Topic.EVENTS);
    private final SinkApp sink = SinkApp.start(
            SinkProcess.settings(
                    database.url(),
                    topic.name(),
                    Map.of("bootstrap.servers", topic.bootstrapServers()),
                    Map.of("sink.workers", "2")),
            topic.name());

    @AfterEach
    void close() throws Exception {
        sink.close();
        topic.close();
        database.close();
    }

    @Test
    void shareThePartitionsAndStoreEveryEventOnceAlsoWhenOneLosesItsBackend() throws Exception {
        // Given
        try (SteadyProducer producer = new SteadyProducer(topic, PARTITIONS)) {
            within().untilAsserted(() -> assertThat(get("/health/ready")).contains("\"status\":\"up\""));
            within().until(() -> records("sink-0") > 100 && records("sink-1") > 100);
            // When
            List<Integer> victims = backendsOf("sink-1");
            within().until(() -> number("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE"
                            + " application_name = '" + topic.name() + "/sink-1'")
                    == 1);
            long read = records("sink-1");
            within().until(() -> records("sink-1") > read + 100);
            within().until(() -> !backendsOf("sink-1").isEmpty());
            Map<Position, UUID> acknowledged = producer.end();
            // Then
            within().untilAsserted(() -> assertThat(rows()).isEqualTo(acknowledged));
            assertThat(backendsOf("sink-1")).doesNotContainAnyElementsOf(victims);
            assertThat(number("SELECT sum(stored) FROM sink_offset")).isEqualTo(acknowledged.size());
            within().untilAsserted(() -> assertThat(lags()).isEqualTo(Map.of(0, 0.0, 1, 0.0, 2, 0.0, 3, 0.0)));
            assertThat(counter("sink_rows_total{outcome=\"stored\"}")).isEqualTo(acknowledged.size());
            assertThat(get("/health/ready")).contains("\"status\":\"up\"");
        }
    }

    /** What Kafka's client of a worker has delivered. */
    private long records(String clientId) throws Exception {
        Matcher total = Pattern.compile("(?m)^kafka_consumer_fetch_manager_records_consumed_total\\{client_id=\""
                        + clientId + "\",kafka_version=\"[^\"]*\"} ([0-9.E]+)$")
                .matcher(get("/metrics"));
        return total.find() ? (long) Double.parseDouble(total.group(1)) : 0;
    }

    private Map<Integer, Double> lags() throws Exception {
        Matcher lag = Pattern.compile("(?m)^sink_lag_records\\{partition=\"([0-9]+)\"[^}]*} ([0-9.E]+)$")
                .matcher(get("/metrics"));
        Map<Integer, Double> lags = new HashMap<>();
        while (lag.find()) {
            lags.put(Integer.parseInt(lag.group(1)), Double.parseDouble(lag.group(2)));
        }
        return lags;
    }

    private double counter(String name) throws Exception {
        Matcher value =
                Pattern.compile("(?m)^" + Pattern.quote(name) + " ([0-9.E]+)$").matcher(get("/metrics"));
        assertThat(value.find()).as(name).isTrue();
        return Double.parseDouble(value.group(1));
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sink.port() + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private List<Integer> backendsOf(String worker) throws SQLException {
        try (Connection connection = database.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pid FROM pg_stat_activity WHERE application_name = '"
                        + topic.name() + "/" + worker + "'")) {
            return row.next() ? List.of(row.getInt(1)) : List.of();
        }
    }

    private Map<Position, UUID> rows() throws SQLException {
        try (Connection connection = database.connect(TestDatabase.OWNER);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT kafka_partition, kafka_offset, event_id FROM event")) {
            Map<Position, UUID> rows = new HashMap<>();
            while (row.next()) {
                rows.put(new Position(row.getInt(1), row.getLong(2)), row.getObject(3, UUID.class));
            }
            return rows;
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = database.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static ConditionFactory within() {
        return await().atMost(Duration.ofSeconds(60)).ignoreExceptions();
    }
}

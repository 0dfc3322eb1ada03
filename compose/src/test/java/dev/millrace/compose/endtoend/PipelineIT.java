package dev.millrace.compose.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.compose.endtoend.QueryClient.Answer;
import dev.millrace.compose.endtoend.RunningMillrace.CommandResult;
import dev.millrace.ingest.publish.EventPublisher;
import dev.millrace.ingest.publish.OutgoingEvent;
import dev.millrace.ingest.publish.PublisherConfig;
import dev.millrace.ingest.publish.Receipt;
import dev.millrace.schemas.event.Event;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** From a file through Kafka, the sink, the primary and the replica to an answer over REST. */
@TestMethodOrder(OrderAnnotation.class)
class PipelineIT {
    private static final int LATENCY_EVENTS = 300;

    @TempDir
    static Path directory;

    private static RunningMillrace millrace;
    private static QueryClient query;
    private static Path file;
    private static List<JsonNode> published;

    @BeforeAll
    static void start() throws Exception {
        millrace = RunningMillrace.start(directory.resolve("data"));
        query = new QueryClient(millrace.setting("QUERY_API_URL"));
        file = Events.file(directory);
        published = Files.readAllLines(file).stream().map(Events::parse).toList();
    }

    @AfterAll
    static void stop() throws Exception {
        millrace.close();
    }

    @Test
    @Order(1)
    void everyPublishedEventIsFoundWithEveryFieldEqual() throws Exception {
        // When
        CommandResult result = millrace.run("publish", file);
        // Then
        assertThat(result.exitCode()).as(String.join("\n", result.err())).isZero();
        assertThat(result.out()).hasSize(published.size());
        for (int index = 0; index < published.size(); index++) {
            assertThat(Events.parse(result.out().get(index)).get("event_id"))
                    .isEqualTo(published.get(index).get("event_id"));
        }
        Map<String, JsonNode> found = byId(query.walk("wait_for", lastPositions(result.out()), "limit", "100"));
        assertThat(found).hasSameSizeAs(published);
        for (String line : result.out()) {
            JsonNode receipt = Events.parse(line);
            JsonNode event = found.get(receipt.get("event_id").textValue());
            assertThat(event.get("partition")).isEqualTo(receipt.get("partition"));
            assertThat(event.get("offset").longValue())
                    .isEqualTo(receipt.get("offset").longValue());
        }
        published.forEach(expected ->
                assertSame(expected, found.get(expected.get("event_id").textValue())));
    }

    @Test
    @Order(2)
    void fileThatIsPublishedTwiceIsStoredOnce() throws Exception {
        // When
        CommandResult again = millrace.run("publish", file);
        // Then
        assertThat(again.exitCode()).isZero();
        List<JsonNode> found = query.walk("wait_for", lastPositions(again.out()), "limit", "1000");
        assertThat(found).hasSameSizeAs(published);
        JsonNode status = query.get("/v1/status").body();
        assertThat(status.get("events").intValue()).isEqualTo(published.size());
        assertThat(status.get("rejected").intValue()).isZero();
    }

    @Test
    @Order(3)
    void questionsOfTypeKeyAndContentAreAnswered() throws Exception {
        // Given
        JsonNode sample =
                published.stream().filter(event -> event.has("key")).findFirst().orElseThrow();
        String type = sample.get("event_type").textValue();
        String key = sample.get("key").textValue();
        // When
        List<JsonNode> byType = query.walk("type", type, "limit", "50");
        List<JsonNode> byKey = query.walk("key", key);
        List<JsonNode> byContent = query.walk("match", sample.get("payload").toString());
        Answer byId = query.get("/v1/events/" + sample.get("event_id").textValue());
        // Then
        assertThat(byType).hasSize(count("event_type", type));
        assertThat(byKey).hasSize(count("key", key));
        assertThat(byId(byContent)).containsKey(sample.get("event_id").textValue());
        assertThat(byId.status()).isEqualTo(200);
        assertSame(sample, byId.body());
    }

    @Test
    @Order(4)
    void badLinesAreNamedAndTheOthersGoThrough() throws Exception {
        // Given
        Path mixed = Files.write(
                directory.resolve("mixed.ndjson"),
                List.of(
                        "{\"event_type\":\"mixed\",\"payload\":{\"n\":1}}",
                        "",
                        "{\"event_type\":\"mixed\",\"payload\":[1]}",
                        "{\"event_type\":\"mixed\",\"payload\":{\"n\":2},\"colour\":\"red\"}",
                        "{\"event_type\":\"mixed\",\"payload\":{\"n\":\"\\u0000\"}}",
                        "{\"event_type\":\"mixed\",\"payload\":{\"n\":3}}"));
        // When
        CommandResult result = millrace.run("publish", mixed);
        // Then
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.out()).hasSize(2);
        assertThat(result.err().stream().filter(line -> line.startsWith("line ")))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("line 3: ").contains("payload"),
                        line -> assertThat(line).startsWith("line 4: ").contains("colour"),
                        line -> assertThat(line).startsWith("line 5: ").contains("nul_character"));
        assertThat(query.walk("type", "mixed", "wait_for", lastPositions(result.out())))
                .hasSize(2);
    }

    @Test
    @Order(5)
    void receiptGivenAsWaitForIsMetWithinMilliseconds() throws Exception {
        // Given
        long[] micros = new long[LATENCY_EVENTS];
        PublisherConfig config =
                PublisherConfig.defaults().withBootstrapServers(millrace.setting("KAFKA_BOOTSTRAP_SERVERS"));
        try (EventPublisher publisher = new EventPublisher(config)) {
            for (int index = -50; index < LATENCY_EVENTS; index++) {
                String payload = "{\"index\":" + index + "}";
                UUID id = UUID.randomUUID();
                Receipt receipt = publisher
                        .publish(new OutgoingEvent("latency", new Event(id, "latency", Instant.now(), payload, "{}")))
                        .get();
                // When
                long acknowledged = System.nanoTime();
                Answer answer = query.get(
                        "/v1/events",
                        "key",
                        "latency",
                        "order",
                        "desc",
                        "limit",
                        "1",
                        "wait_for",
                        receipt.position().toString());
                long answered = System.nanoTime();
                // Then
                assertThat(answer.body().at("/events/0/event_id").textValue()).isEqualTo(id.toString());
                if (index >= 0) {
                    micros[index] = (answered - acknowledged) / 1_000;
                }
            }
        }
        Arrays.sort(micros);
        System.out.printf(
                "acknowledged to answered over REST, one event at a time: p50 %.1f ms, p99 %.1f ms, max %.1f ms (%d events)%n",
                micros[LATENCY_EVENTS / 2] / 1e3,
                micros[LATENCY_EVENTS * 99 / 100] / 1e3,
                micros[LATENCY_EVENTS - 1] / 1e3,
                LATENCY_EVENTS);
        // The goal is 50 ms; a machine that builds something else beside this is given room.
        assertThat(micros[LATENCY_EVENTS * 99 / 100]).isLessThan(500_000);
    }

    @Test
    @Order(6)
    void waitForWhatIsNotThereEndsWithServiceUnavailable() throws Exception {
        // When
        Answer tooEarly = query.get("/v1/events", "wait_for", "0:" + Long.MAX_VALUE / 2, "wait_ms", "100");
        Answer unknown = query.get("/v1/events", "wait_for", "99:0");
        // Then
        assertThat(tooEarly.status()).isEqualTo(503);
        assertThat(tooEarly.body().has("complete_through")).isTrue();
        assertThat(unknown.status()).isEqualTo(400);
    }

    @Test
    @Order(7)
    void serversRunWithTheTuningFiles() throws Exception {
        // When
        Map<String, String> primary = settings(millrace.setting("PRIMARY_URL"));
        Map<String, String> replica = settings(millrace.setting("REPLICA_URL"));
        // Then
        for (Map<String, String> server : List.of(primary, replica)) {
            assertThat(server)
                    .containsEntry("fsync", "on")
                    .containsEntry("synchronous_commit", "on")
                    .containsEntry("max_connections", "60")
                    .containsEntry("hot_standby_feedback", "on")
                    .containsEntry("shared_preload_libraries", "pg_stat_statements");
        }
        assertThat(Double.parseDouble(replica.get("shared_buffers")))
                .isCloseTo(1.5 * Double.parseDouble(primary.get("shared_buffers")), withinPercentage(2));
    }

    @Test
    @Order(8)
    void everyMeterOfTheDocumentationIsScraped() throws Exception {
        // When
        String sink = scrape(millrace.setting("SINK_URL"));
        String api = scrape(millrace.setting("QUERY_API_URL"));
        // Then
        assertThat(documented("Sink"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(sink).contains("# TYPE " + name + " "));
        assertThat(documented("Query API"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(api).contains("# TYPE " + name + " "));
        assertThat(sink)
                .contains("kafka_consumer_fetch_manager_fetch_total{", "process_uptime_seconds", "jvm_gc_")
                .containsPattern("sink_lag_records\\{partition=\"0\",topic=\"events.v1\"} 0.0\n")
                .containsPattern("sink_gin_pending_bytes \\d");
        assertThat(api).contains("hikaricp_connections_active");
    }

    @Test
    @Order(9)
    void loadSendsAtItsRateAndEverythingIsStored() throws Exception {
        // Given
        long before = stored();
        // When
        CommandResult result = RunningMillrace.runToEnd(
                millrace.command("load", "--rate", "200", "--duration", "2s", "--output", "json"));
        // Then
        assertThat(result.exitCode()).as(String.join("\n", result.err())).isZero();
        assertThat(result.out()).hasSize(1);
        JsonNode report = Events.parse(result.out().get(0));
        assertThat(report.get("acknowledged").intValue()).isEqualTo(400);
        assertThat(report.get("failed").intValue()).isZero();
        assertThat(report.get("events_per_second").doubleValue()).isBetween(100.0, 210.0);
        JsonNode latency = report.get("latency_ms");
        assertThat(latency.get("p50").doubleValue()).isPositive();
        assertThat(latency.get("p99").doubleValue())
                .isLessThanOrEqualTo(latency.get("p999").doubleValue());
        assertThat(latency.get("p999").doubleValue())
                .isLessThanOrEqualTo(latency.get("max").doubleValue());
        await().atMost(Duration.ofSeconds(30)).until(() -> stored() == before + 400);
    }

    @Test
    @Order(10)
    void loadThatIsTerminatedWaitsForItsAnswersAndPrintsThem() throws Exception {
        // Given
        long before = stored();
        Path out = directory.resolve("load.out");
        Process load = new ProcessBuilder(
                        millrace.command("load", "--rate", "50", "--duration", "1h", "--output", "json"))
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        await().atMost(Duration.ofMinutes(1)).until(() -> stored() > before);
        // When
        // Not INT, which whoever is started in the background ignores, and its children with it.
        load.destroy();
        // Then
        assertThat(load.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(load.exitValue()).isEqualTo(143);
        JsonNode report = Events.parse(Files.readString(out));
        assertThat(report.get("failed").intValue()).isZero();
        long acknowledged = report.get("acknowledged").longValue();
        await().atMost(Duration.ofSeconds(30)).until(() -> stored() == before + acknowledged);
    }

    @Test
    @Order(11)
    void stackThatIsStoppedAndStartedAgainStillHasThem() throws Exception {
        // Given
        int before = query.walk("limit", "1000").size();
        millrace.stop();
        // When
        millrace.start();
        // Then
        query = new QueryClient(millrace.setting("QUERY_API_URL"));
        Map<String, JsonNode> found = byId(query.walk("limit", "1000"));
        assertThat(found).hasSize(before);
        published.forEach(expected ->
                assertSame(expected, found.get(expected.get("event_id").textValue())));
        CommandResult more = millrace.run(
                "publish",
                Files.writeString(
                        directory.resolve("more.ndjson"), Events.generate(1).get(0)));
        assertThat(query.walk("wait_for", lastPositions(more.out()), "wait_ms", "10000", "limit", "1000"))
                .hasSize(before + 1);
    }

    private static long stored() throws Exception {
        return query.get("/v1/status").body().get("events").longValue();
    }

    private static void assertSame(JsonNode expected, JsonNode found) {
        assertThat(found).as("event %s", expected.get("event_id")).isNotNull();
        assertThat(found.get("event_id")).isEqualTo(expected.get("event_id"));
        assertThat(found.get("event_type")).isEqualTo(expected.get("event_type"));
        assertThat(found.get("key")).isEqualTo(expected.get("key"));
        assertThat(Instant.parse(found.get("occurred_at").textValue()))
                .isEqualTo(Instant.parse(expected.get("occurred_at").textValue()));
        assertThat(found.get("payload")).isEqualTo(expected.get("payload"));
        assertThat(found.get("metadata")).isEqualTo(expected.get("metadata"));
    }

    private static Map<String, String> settings(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT name, setting FROM pg_settings")) {
            Map<String, String> settings = new HashMap<>();
            while (row.next()) {
                settings.put(row.getString(1), row.getString(2));
            }
            return settings;
        }
    }

    private static String scrape(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url + "/metrics")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Names as scraped, from a section of docs/metrics.md. */
    private static List<String> documented(String section) throws Exception {
        String page = Files.readString(Path.of("..", "docs", "metrics.md"));
        String rows = page.split("## " + section + "\n", 2)[1].split("\n## ", 2)[0];
        return Pattern.compile("(?m)^\\| `[^`]+` \\| `([^`]+)`")
                .matcher(rows)
                .results()
                .map(row -> row.group(1))
                .toList();
    }

    private static int count(String field, String value) {
        return (int) published.stream()
                .filter(event ->
                        event.has(field) && event.get(field).textValue().equals(value))
                .count();
    }

    private static Map<String, JsonNode> byId(List<JsonNode> events) {
        return events.stream()
                .collect(Collectors.toMap(event -> event.get("event_id").textValue(), event -> event));
    }

    /** The last position of each partition, as wait_for takes them. */
    private static String lastPositions(List<String> receipts) {
        Map<Integer, Long> last = new HashMap<>();
        for (String line : receipts) {
            JsonNode receipt = Events.parse(line);
            last.merge(
                    receipt.get("partition").intValue(), receipt.get("offset").longValue(), Math::max);
        }
        return last.entrySet().stream()
                .map(position -> position.getKey() + ":" + position.getValue())
                .collect(Collectors.joining(","));
    }
}

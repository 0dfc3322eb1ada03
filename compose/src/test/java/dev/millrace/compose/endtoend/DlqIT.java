package dev.millrace.compose.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.compose.endtoend.RunningMillrace.CommandResult;
import dev.millrace.schemas.Topic;
import dev.millrace.schemas.testing.EventBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Bad records of another program, from their rejection to the corrected event over REST. */
@TestMethodOrder(OrderAnnotation.class)
class DlqIT {
    private static final byte[] BAD = {'n', 'o', ' ', 'e', 'v', 'e', 'n', 't', (byte) 0xFF};

    @TempDir
    static Path directory;

    private static RunningMillrace millrace;
    private static QueryClient query;
    private static KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    static void start() throws Exception {
        millrace = RunningMillrace.start(directory.resolve("data"));
        query = new QueryClient(millrace.setting("QUERY_API_URL"));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", millrace.setting("KAFKA_BOOTSTRAP_SERVERS")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        millrace.close();
    }

    @Test
    @Order(1)
    void emptyListIsNoFailureAndNothingToRetryIs() throws Exception {
        assertThat(dlq("list", "--output", "json").out()).isEmpty();
        assertThat(dlq("list").exitCode()).isZero();
        assertThat(dlq("retry", "--all").exitCode()).isEqualTo(1);
        assertThat(dlq("show", "0:0").exitCode()).isEqualTo(1);
        assertThat(dlq("retry").exitCode()).isEqualTo(2);
        assertThat(dlq("list", "--reason", "bad").exitCode()).isEqualTo(2);
    }

    @Test
    @Order(2)
    void rejectedRecordIsListedShownAndCorrected() throws Exception {
        // Given
        String origin = sendBad(1);
        // When
        JsonNode listed = awaitListed(origin, 1);
        // Then
        assertThat(listed.get("reason").textValue()).isEqualTo("undecodable");
        assertThat(listed.get("key").textValue()).isEqualTo("reader-7");
        assertThat(listed.get("bytes").intValue()).isEqualTo(BAD.length + "reader-7".length());
        assertThat(dlq("list").out()).hasSize(2).last().asString().startsWith(origin);
        assertThat(dlq("show", origin.substring("events.v1:".length())).out())
                .contains("origin     " + origin, "header     trace = abc", "key        reader-7")
                .anyMatch(line -> line.contains("6e 6f 20 65 76 65 6e 74 ff") && line.contains("no event."));
        assertThat(Events.parse(dlq("show", origin, "--output", "json").out().get(0))
                        .get("value_hex")
                        .textValue())
                .isEqualTo("6e6f206576656e74ff");
        assertThat(dlq("retry", origin, "--dry-run").out())
                .singleElement()
                .asString()
                .contains("\"dry_run\":true");
        UUID id = EventBuilder.id(1);
        Path corrected = Files.writeString(
                directory.resolve("corrected.json"),
                "{\"event_id\":\"%s\",\"event_type\":\"book-lent\",\"payload\":{\"copies\":1}}".formatted(id));
        CommandResult retried = dlq("retry", origin, "--value", corrected.toString());
        assertThat(retried.exitCode()).as(String.join("\n", retried.err())).isZero();
        JsonNode receipt = Events.parse(retried.out().get(0));
        assertThat(receipt.get("event_id").textValue()).isEqualTo(id.toString());
        assertThat(receipt.get("partition").intValue()).isEqualTo(1);
        List<JsonNode> events =
                query.walk("wait_for", "1:" + receipt.get("offset").longValue(), "key", "reader-7");
        assertThat(events)
                .singleElement()
                .satisfies(
                        event -> assertThat(event.get("event_id").textValue()).isEqualTo(id.toString()));
    }

    @Test
    @Order(3)
    void correctedEventThatIsNoneIsNotSent() throws Exception {
        // Given
        String origin = listed().get(0).get("origin").textValue();
        Path wrong = Files.writeString(directory.resolve("wrong.json"), "{\"event_type\":\"\",\"payload\":{}}");
        // When
        CommandResult result = dlq("retry", origin, "--value", wrong.toString());
        // Then
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).anyMatch(line -> line.contains("invalid_type"));
    }

    @Test
    @Order(4)
    void recordThatIsStillBadIsOneRecordThatIsNotSentForEver() throws Exception {
        // Given
        String first = sendBad(2);
        String latest = first;
        awaitListed(first, 1);
        // When
        for (int attempts = 2; attempts <= 5; attempts++) {
            JsonNode receipt =
                    Events.parse(dlq("retry", first, "--output", "json").out().get(0));
            latest = "events.v1:2:" + receipt.get("offset").longValue();
            JsonNode listed = awaitListed(latest, attempts);
            assertThat(listed.get("first_origin").textValue()).isEqualTo(first);
        }
        // Then
        assertThat(listed())
                .filteredOn(letter -> letter.get("partition").intValue() == 2)
                .hasSize(1);
        CommandResult held = dlq("retry", first);
        assertThat(held.exitCode()).isEqualTo(1);
        assertThat(held.out()).isEmpty();
        String line = latest + ": not sent, it was rejected 5 times; --force sends it";
        assertThat(held.err()).contains(line);
        CommandResult all = dlq("retry", "--all", "--dry-run");
        assertThat(all.exitCode())
                .as("one of partition 1 would go, this one not")
                .isEqualTo(3);
        CommandResult forced = dlq("retry", first, "--force");
        assertThat(forced.exitCode()).isZero();
        awaitListed("events.v1:2:" + Events.parse(forced.out().get(0)).get("offset"), 6);
    }

    @Test
    @Order(5)
    void sinkStoresOnWithoutTheTopicAndRejectionsArriveWhenItIsBack() throws Exception {
        // Given
        Topic topic = Topic.REJECTED_EVENTS;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", millrace.setting("KAFKA_BOOTSTRAP_SERVERS")))) {
            admin.deleteTopics(List.of(topic.topicName())).all().get();
            // When
            Set<String> bad = new TreeSet<>();
            for (int count = 0; count < 20; count++) {
                bad.add(sendBad(3));
            }
            producer.send(new ProducerRecord<>(
                            "events.v1",
                            3,
                            null,
                            EventBuilder.EVENT.withId(EventBuilder.id(2)).value()))
                    .get();
            // Then
            assertThat(query.walk("wait_for", "3:20"))
                    .anyMatch(event -> event.get("event_id")
                            .textValue()
                            .equals(EventBuilder.id(2).toString()));
            assertThat(dlq("list").exitCode()).isEqualTo(4);
            admin.createTopics(List.of(
                            new NewTopic(topic.topicName(), topic.partitions(), (short) 1).configs(topic.settings())))
                    .all()
                    .get();
            atMostTwoMinutes()
                    .untilAsserted(() -> assertThat(listed())
                            .extracting(letter -> letter.get("origin").textValue())
                            .containsExactlyInAnyOrderElementsOf(bad));
        }
    }

    private static String sendBad(int partition) throws Exception {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>("events.v1", partition, "reader-7".getBytes(StandardCharsets.UTF_8), BAD);
        record.headers().add("trace", "abc".getBytes(StandardCharsets.UTF_8));
        return "events.v1:" + partition + ":"
                + producer.send(record).get(30, TimeUnit.SECONDS).offset();
    }

    private static JsonNode awaitListed(String origin, int attempts) {
        List<JsonNode> found = new ArrayList<>();
        atMostTwoMinutes().until(() -> {
            found.addAll(listed().stream()
                    .filter(letter -> letter.get("origin").textValue().equals(origin)
                            && letter.get("attempts").intValue() == attempts)
                    .toList());
            return !found.isEmpty();
        });
        return found.get(0);
    }

    private static ConditionFactory atMostTwoMinutes() {
        return await().pollInSameThread().pollInterval(Duration.ofMillis(200)).atMost(Duration.ofMinutes(2));
    }

    private static List<JsonNode> listed() throws Exception {
        return dlq("list", "--output", "json").out().stream().map(Events::parse).toList();
    }

    private static CommandResult dlq(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("dlq"));
        all.addAll(List.of(arguments));
        return RunningMillrace.runToEnd(millrace.command(all.toArray(String[]::new)));
    }
}

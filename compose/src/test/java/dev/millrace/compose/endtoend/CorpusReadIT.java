package dev.millrace.compose.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.compose.endtoend.CorpusReader.ReadPath;
import dev.millrace.schemas.Position;
import dev.millrace.schemas.Topic;
import dev.millrace.schemas.event.Event;
import dev.millrace.schemas.testing.EventBuilder;
import dev.millrace.schemas.testing.corpus.Corpus;
import dev.millrace.schemas.testing.corpus.CorpusRecord;
import dev.millrace.schemas.testing.corpus.Fate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole corpus goes through a running stack, and what became an event is read back in every way. */
class CorpusReadIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int PARTITIONS = Topic.EVENTS.partitions();

    /** What producers' clocks may say; the broker's counts. */
    private static final Long[] TIMESTAMPS = {
        null, 0L, Long.MAX_VALUE, Instant.parse("2040-01-01T00:00:00Z").toEpochMilli()
    };

    private static final Comparator<JsonNode> NUMBERS_BY_VALUE = (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    };

    @TempDir
    static Path directory;

    private static RunningMillrace millrace;
    private static QueryClient query;
    private static Map<Position, CorpusRecord> sent;
    private static List<Long> processes;

    @BeforeAll
    static void publish() throws Exception {
        millrace = RunningMillrace.start(directory.resolve("data"));
        query = new QueryClient(millrace.setting("QUERY_API_URL"));
        processes = processes();
        sent = publish(millrace.setting("KAFKA_BOOTSTRAP_SERVERS"));
        await().atMost(LIMIT)
                .until(() -> query.get("/v1/events", "limit", "1", "wait_for", lastOffsets())
                                .status()
                        == 200);
    }

    @AfterAll
    static void stop() {
        millrace.close();
    }

    @Test
    void everyRecordIsAnEventOrARejectionAsItHasToBe() throws Exception {
        // Given
        Map<Position, String> events = new HashMap<>();
        Map<Position, String> rejections = new HashMap<>();
        sent.forEach((position, record) -> {
            if (record.fate() instanceof Fate.Stored stored) {
                events.put(position, stored.event().eventId().toString());
            } else if (record.fate() instanceof Fate.Rejected rejected) {
                rejections.put(position, rejected.reason().label());
            }
        });
        // When
        try (Connection primary = DriverManager.getConnection(millrace.setting("PRIMARY_URL"))) {
            // Then
            assertThat(rows(primary, "SELECT kafka_partition, kafka_offset, event_id FROM event"))
                    .isEqualTo(events);
            assertThat(rows(primary, "SELECT kafka_partition, kafka_offset, reason FROM rejected_event"))
                    .isEqualTo(rejections);
        }
        assertThat(processes()).as("nobody was started anew").isEqualTo(processes);
    }

    @Test
    void everyEventIsReadBackEqualInEveryWay() throws Exception {
        // Given
        CorpusReader reader = new CorpusReader(query);
        Map<String, Integer> read = new LinkedHashMap<>();
        List<String> differences = new ArrayList<>();
        // When
        Map<String, ReadPath> paths = reader.paths(tail());
        for (Map.Entry<Position, CorpusRecord> each : sent.entrySet()) {
            if (each.getValue().fate() instanceof Fate.Stored stored && !isNeighbour(each.getValue())) {
                Optional<String> key = Optional.ofNullable(each.getValue().key())
                        .map(utf8 -> new String(utf8, StandardCharsets.UTF_8));
                for (Map.Entry<String, ReadPath> path : paths.entrySet()) {
                    Optional<JsonNode> answer = path.getValue().read(stored.event(), key);
                    // Then
                    answer.filter(event -> !isEqual(event, each.getKey(), stored.event(), key))
                            .ifPresent(event -> differences.add(
                                    each.getValue() + " read " + path.getKey() + ": " + shortened(event)));
                    read.merge(path.getKey(), answer.isPresent() ? 1 : 0, Integer::sum);
                }
            }
        }
        System.out.println("events read: " + read);
        assertThat(differences).isEmpty();
        assertThat(reader.complaints()).isEmpty();
        assertThat(read.values()).allSatisfy(count -> assertThat(count).isGreaterThan(150));
    }

    private static Map<Position, CorpusRecord> publish(String bootstrapServers) throws Exception {
        Map<Future<RecordMetadata>, CorpusRecord> sending = new LinkedHashMap<>();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "max.request.size",
                2 << 20,
                "linger.ms",
                5,
                "buffer.memory",
                128L << 20);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            int number = 0;
            for (CorpusRecord record : Corpus.records()) {
                for (CorpusRecord each : List.of(neighbour(2 * number), record, neighbour(2 * number + 1))) {
                    sending.put(
                            producer.send(new ProducerRecord<>(
                                    Topic.EVENTS.topicName(),
                                    number % PARTITIONS,
                                    TIMESTAMPS[number / PARTITIONS % TIMESTAMPS.length],
                                    each.key(),
                                    each.value(),
                                    each.headers())),
                            each);
                }
                number++;
            }
        }
        Map<Position, CorpusRecord> positions = new LinkedHashMap<>();
        for (Map.Entry<Future<RecordMetadata>, CorpusRecord> each : sending.entrySet()) {
            RecordMetadata metadata = each.getKey().get();
            positions.put(new Position(metadata.partition(), metadata.offset()), each.getValue());
        }
        return positions;
    }

    private static CorpusRecord neighbour(int number) {
        EventBuilder event =
                EventBuilder.EVENT.withKey(null).withType("neighbour").withId(EventBuilder.id(number));
        return new CorpusRecord("neighbour." + number, null, event.value(), List.of(), new Fate.Stored(event.event()));
    }

    private static boolean isNeighbour(CorpusRecord record) {
        return record.name().startsWith("neighbour.");
    }

    private static String lastOffsets() {
        Map<Integer, Long> last = new HashMap<>();
        sent.keySet().forEach(position -> last.merge(position.partition(), position.offset(), Math::max));
        return last.entrySet().stream()
                .map(each -> each.getKey() + ":" + each.getValue())
                .collect(Collectors.joining(","));
    }

    private static List<JsonNode> tail() throws Exception {
        long events = sent.values().stream()
                .filter(record -> record.fate() instanceof Fate.Stored)
                .count();
        try (RunningTail tail = RunningTail.start(directory, millrace.command("tail", "--from-beginning"))) {
            await().pollInterval(Duration.ofSeconds(1))
                    .atMost(LIMIT)
                    .until(() -> tail.events().size() >= events);
            return tail.events();
        }
    }

    private static boolean isEqual(JsonNode actual, Position position, Event event, Optional<String> key) {
        return actual.path("event_id").asText().equals(event.eventId().toString())
                && actual.path("event_type").asText().equals(event.eventType())
                && Optional.ofNullable(actual.path("key").textValue()).equals(key)
                && Instant.parse(actual.path("occurred_at").asText()).equals(event.occurredAt())
                && actual.path("partition").asInt() == position.partition()
                && actual.path("offset").asLong() == position.offset()
                && Events.parse(event.payload()).equals(NUMBERS_BY_VALUE, actual.path("payload"))
                && Events.parse(event.metadata()).equals(NUMBERS_BY_VALUE, actual.path("metadata"));
    }

    private static String shortened(JsonNode event) {
        String text = event.isMissingNode() ? "missing" : event.toString();
        return text.substring(0, Math.min(text.length(), 300));
    }

    private static List<Long> processes() throws Exception {
        return List.of(millrace.pid("sink"), millrace.pid("query-api"));
    }

    private static Map<Position, String> rows(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            Map<Position, String> rows = new HashMap<>();
            while (row.next()) {
                assertThat(rows.put(new Position(row.getInt(1), row.getLong(2)), row.getString(3)))
                        .isNull();
            }
            return rows;
        }
    }
}

package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.schemas.Position;
import dev.millrace.schemas.Topic;
import dev.millrace.schemas.testing.EventBuilder;
import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.schemas.testing.TestTopic;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole sinks share a group, under both protocols that Kafka has for it, with real consumers, broker and database. */
class GroupProtocolIT {
    private static final int PARTITIONS = Topic.EVENTS.partitions();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String COUNTS = """
            SELECT format('rows=%s counted=%s others=%s backwards=%s', (SELECT count(*) FROM event), sum(stored),
                          sum(duplicates) + sum(rejected),
                          (SELECT count(*) FROM (
                              SELECT appended_at < lag(appended_at) OVER (
                                         PARTITION BY kafka_partition ORDER BY kafka_offset) AS backwards
                              FROM event) AS rows WHERE backwards))
            FROM sink_offset
            """;

    private final TestDatabase database = TestDatabase.create();
    private final TestTopic topic = TestTopic.create(Topic.EVENTS);
    private final Admin admin = Admin.create(Map.of("bootstrap.servers", topic.bootstrapServers()));
    private final List<SinkApp> sinks = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (SinkApp sink : List.copyOf(sinks)) {
            leave(sink);
        }
        admin.close();
        topic.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void everyEventIsStoredOnceInOrderWhileMembersComeLeaveAndDie(String protocol) throws Exception {
        // Given
        Map<String, String> kafka = kafka(protocol);
        join(kafka);
        try (SteadyProducer producer = new SteadyProducer(topic, PARTITIONS)) {
            awaitShares(List.of(PARTITIONS));
            // When
            for (int times = 0; times < 3; times++) {
                SinkApp guest = join(kafka);
                awaitShares(List.of(PARTITIONS / 2, PARTITIONS / 2));
                awaitEverythingStored();
                leave(guest);
                awaitShares(List.of(PARTITIONS));
                awaitEverythingStored();
            }
            Process victim = SinkProcess.start(database, topic, kafka);
            awaitShares(List.of(PARTITIONS / 2, PARTITIONS / 2));
            awaitEverythingStored();
            victim.destroyForcibly().onExit().join();
            awaitShares(List.of(PARTITIONS));
            awaitEverythingStored();
            // Then
            assertStoredOnceInOrder(producer.end());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void partitionsAddedUnderLoadAreReadFromTheirBeginning(String protocol) throws Exception {
        // Given
        join(kafka(protocol));
        join(kafka(protocol));
        try (SteadyProducer producer = new SteadyProducer(topic, PARTITIONS)) {
            awaitShares(List.of(PARTITIONS / 2, PARTITIONS / 2));
            awaitEverythingStored();
            // When
            admin.createPartitions(Map.of(topic.name(), NewPartitions.increaseTo(2 * PARTITIONS)))
                    .all()
                    .get();
            producer.sendTo(2 * PARTITIONS);
            awaitShares(List.of(PARTITIONS, PARTITIONS));
            awaitEverythingStored();
            // Then
            Map<Position, UUID> acknowledged = producer.end();
            assertThat(acknowledged)
                    .containsKeys(IntStream.range(PARTITIONS, 2 * PARTITIONS)
                            .mapToObj(partition -> new Position(partition, 0))
                            .toArray(Position[]::new));
            assertStoredOnceInOrder(acknowledged);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void abortedRecordsAreNeverStoredAndLagReachesZeroBehindTheirMarkers(String protocol) throws Exception {
        // Given
        join(kafka(protocol));
        join(kafka(protocol));
        // When
        Map<Position, UUID> committed = new HashMap<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", topic.bootstrapServers(), "transactional.id", topic.name()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            for (int transaction = 0; transaction < 21; transaction++) {
                producer.beginTransaction();
                Map<Position, UUID> sent = send(producer, 10 * transaction);
                // The first and the last are aborted: a topic may begin and end with nothing but markers.
                if (transaction % 2 == 0) {
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                    committed.putAll(sent);
                }
            }
        }
        // Then
        assertStoredOnceInOrder(committed);
        assertThat(ends().values().stream().mapToLong(end -> end).sum()).isGreaterThan(10 * 21);
        within().untilAsserted(() -> assertThat(groupOffsets()).isEqualTo(ends()));
    }

    private Map<String, String> kafka(String protocol) {
        Map<String, String> kafka = new HashMap<>(Map.of(
                "bootstrap.servers",
                topic.bootstrapServers(),
                "group.protocol",
                protocol,
                "metadata.max.age.ms",
                "500"));
        if (protocol.equals("classic")) {
            // With the other protocol, the broker decides on these.
            kafka.put("session.timeout.ms", "3000");
            kafka.put("heartbeat.interval.ms", "500");
        }
        return kafka;
    }

    private SinkApp join(Map<String, String> kafka) {
        SinkApp sink = SinkApp.start(SinkProcess.settings(database.url(), topic.name(), kafka), topic.name());
        sinks.add(sink);
        return sink;
    }

    private void leave(SinkApp sink) throws InterruptedException {
        sinks.remove(sink);
        sink.close();
        sink.awaitEnd();
    }

    private Map<Position, UUID> send(KafkaProducer<byte[], byte[]> producer, int firstNumber) throws Exception {
        Map<Position, UUID> sent = new HashMap<>();
        for (int number = firstNumber; number < firstNumber + 10; number++) {
            UUID id = EventBuilder.id(number);
            int partition = number % PARTITIONS;
            long offset = producer.send(new ProducerRecord<>(
                            topic.name(),
                            partition,
                            null,
                            EventBuilder.EVENT.withId(id).value()))
                    .get()
                    .offset();
            sent.put(new Position(partition, offset), id);
        }
        return sent;
    }

    /** Waits until the group has so many members with so many partitions each, and every partition one of them. */
    private void awaitShares(List<Integer> sizes) {
        within().untilAsserted(() -> {
            List<List<Integer>> shares = admin
                    .describeConsumerGroups(List.of(topic.name()))
                    .describedGroups()
                    .get(topic.name())
                    .get()
                    .members()
                    .stream()
                    .map(member -> member.assignment().topicPartitions().stream()
                            .map(TopicPartition::partition)
                            .toList())
                    .toList();
            assertThat(shares).extracting(List::size).containsExactlyInAnyOrderElementsOf(sizes);
            assertThat(shares.stream().flatMap(List::stream)).doesNotHaveDuplicates();
        });
    }

    /** Waits until all partitions are stored as far as they reach now; so none of them is idle. */
    private void awaitEverythingStored() throws Exception {
        Map<Integer, Long> ends = ends();
        within().untilAsserted(() -> {
            Map<Integer, Long> stored = stored();
            assertThat(ends)
                    .allSatisfy((partition, end) -> assertThat(stored.getOrDefault(partition, -1L))
                            .as("partition %d", partition)
                            .isGreaterThanOrEqualTo(end));
        });
    }

    private void assertStoredOnceInOrder(Map<Position, UUID> expected) throws Exception {
        Map<Integer, Long> ends = ends();
        within().untilAsserted(() -> assertThat(stored()).isEqualTo(ends));
        Map<Position, UUID> rows = new HashMap<>();
        try (Connection connection = database.connect(TestDatabase.OWNER);
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT kafka_partition, kafka_offset, event_id FROM event")) {
                while (row.next()) {
                    rows.put(new Position(row.getInt(1), row.getLong(2)), row.getObject(3, UUID.class));
                }
            }
            assertThat(rows).hasSizeGreaterThan(50).isEqualTo(expected);
            try (ResultSet row = statement.executeQuery(COUNTS)) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("rows=%1$d counted=%1$d others=0 backwards=0", expected.size());
            }
        }
    }

    private Map<Integer, Long> stored() throws SQLException {
        try (Connection connection = database.connect(TestDatabase.OWNER);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT kafka_partition, next_offset FROM sink_offset")) {
            Map<Integer, Long> stored = new HashMap<>();
            while (row.next()) {
                stored.put(row.getInt(1), row.getLong(2));
            }
            return stored;
        }
    }

    private Map<Integer, Long> groupOffsets() throws Exception {
        Map<Integer, Long> offsets = new HashMap<>();
        admin.listConsumerGroupOffsets(topic.name())
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> offsets.put(partition.partition(), offset.offset()));
        return offsets;
    }

    private Map<Integer, Long> ends() throws Exception {
        int partitions = admin.describeTopics(List.of(topic.name()))
                .allTopicNames()
                .get()
                .get(topic.name())
                .partitions()
                .size();
        Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, partitions)
                .boxed()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topic.name(), partition), partition -> OffsetSpec.latest()));
        Map<Integer, Long> ends = new HashMap<>();
        admin.listOffsets(latest)
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
        return ends;
    }

    private static ConditionFactory within() {
        return await().atMost(LIMIT).ignoreExceptions();
    }
}

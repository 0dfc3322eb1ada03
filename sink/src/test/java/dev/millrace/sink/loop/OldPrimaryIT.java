package dev.millrace.sink.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.schemas.testing.EventBuilder;
import dev.millrace.schemas.testing.ManualClock;
import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.sink.TestRows;
import dev.millrace.sink.batch.BatchLimits;
import dev.millrace.sink.metrics.SinkMetrics;
import dev.millrace.sink.upkeep.TablePartitions;
import dev.millrace.sink.write.BatchWriter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a sink learns from Kafka about the servers that the sinks before it wrote to. */
class OldPrimaryIT {
    private static final TopicPartition OURS = new TopicPartition("events.v1", 0);
    private static final TopicPartition OTHERS = new TopicPartition("events.v1", 3);
    private static final Duration STEP = Duration.ofMillis(100);

    private final ManualClock clock = new ManualClock(TestRows.START);
    private final TestDatabase database = TestDatabase.create();
    private final MemberOfGroup consumer = new MemberOfGroup();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SinkMetrics metrics = new SinkMetrics(registry);
    private final BatchWriter writer = new BatchWriter(
            database.url() + "?user=" + TestDatabase.WRITER,
            "test-worker",
            "events.v1",
            "topic-id",
            new TablePartitions(database.url() + "?user=" + TestDatabase.OWNER));
    private final SinkWorker worker = new SinkWorker(
            new ReadingRules("events.v1", new BatchLimits(3, 1 << 20, Duration.ofMillis(10)), 95, false),
            consumer,
            new WriterThread("test-writer", writer, metrics, clock::nanoTime, consumer::wakeup),
            new StillTopic(),
            new LagMeter(
                    "events.v1",
                    metrics,
                    (partitions, answers) -> partitions.forEach(each -> answers.accept(each, 0L)),
                    clock::nanoTime,
                    clock),
            clock::nanoTime);

    @AfterEach
    void stop() {
        worker.stop();
        worker.run();
        database.close();
    }

    @Test
    void timelineIsToldWithTheOffsetsAlsoWhenNothingIsWritten() {
        // When
        assign();
        stepUntil(worker::isReady);
        // Then
        stepUntil(() -> committed(OURS) != null);
        assertThat(committed(OURS)).isEqualTo(new OffsetAndMetadata(0, systemIdentifier() + "/1"));
    }

    @Test
    void serverBehindWhatAnotherMemberSawIsRefused() throws Exception {
        // Given
        remember(OTHERS, systemIdentifier() + "/2");
        // When
        assign();
        consumer.addRecord(record(0));
        stepUntil(() -> writer.timelines().isRefusing());
        // Then
        await().pollInSameThread().during(Duration.ofMillis(500)).until(() -> {
            clock.pass(STEP);
            worker.runOnce();
            return !worker.isReady();
        });
        assertThat(number("SELECT (SELECT count(*) FROM sink_offset) + (SELECT count(*) FROM event)"
                        + " + (SELECT count(*) FROM pg_inherits WHERE inhparent = 'event'::regclass)"))
                .isZero();
    }

    @Test
    void otherDatabaseIsWrittenAndBothAreRemembered() {
        // Given
        remember(OURS, "1/7");
        // When
        assign();
        consumer.addRecord(record(0));
        // Then
        stepUntil(() -> number("SELECT coalesce(sum(next_offset), 0) FROM sink_offset") == 1);
        stepUntil(() -> new OffsetAndMetadata(1, "1/7 " + systemIdentifier() + "/1").equals(committed(OURS)));
    }

    @Test
    void groupThatCannotBeAskedHoldsUpNothing() {
        // Given
        consumer.isForgetful = true;
        remember(OURS, systemIdentifier() + "/2");
        // When
        assign();
        // Then
        stepUntil(worker::isReady);
    }

    @Test
    void databaseThatLostWhatItConfirmedGetsItAgainAndTheRewindIsCounted() {
        // Given
        assign();
        stepUntil(worker::isReady);
        for (int offset = 0; offset < 3; offset++) {
            consumer.addRecord(record(offset));
        }
        stepUntil(() -> number("SELECT next_offset FROM sink_offset") == 3);
        // When
        execute("DELETE FROM event WHERE kafka_offset >= 1; DELETE FROM event_identity WHERE kafka_offset >= 1;"
                + " UPDATE sink_offset SET next_offset = 1, stored = 1");
        consumer.addRecord(record(3));
        stepUntil(() -> consumer.position(OURS) == 1);
        for (int offset = 1; offset < 4; offset++) {
            consumer.addRecord(record(offset));
        }
        // Then
        stepUntil(() -> number("SELECT next_offset FROM sink_offset") == 4);
        assertThat(number("SELECT count(*) FROM event")).isEqualTo(4);
        assertThat(number("SELECT duplicates FROM sink_offset")).isZero();
        assertThat(registry.get("sink.rewound.records").counter().count()).isEqualTo(2);
    }

    private void assign() {
        consumer.updateBeginningOffsets(Map.of(OURS, 0L));
        consumer.updatePartitions("events.v1", List.of(info(OURS), info(OTHERS)));
        worker.subscribe();
        consumer.rebalance(Set.of(OURS));
    }

    private void remember(TopicPartition partition, String timelines) {
        consumer.toldByOthers.put(partition, new OffsetAndMetadata(99, timelines));
    }

    private OffsetAndMetadata committed(TopicPartition partition) {
        return consumer.committed(Set.of(partition)).get(partition);
    }

    private static PartitionInfo info(TopicPartition partition) {
        return new PartitionInfo(partition.topic(), partition.partition(), null, null, null);
    }

    private static ConsumerRecord<byte[], byte[]> record(int offset) {
        byte[] value = EventBuilder.EVENT.withId(TestRows.id(offset)).value();
        return new ConsumerRecord<>(
                OURS.topic(),
                OURS.partition(),
                offset,
                TestRows.START.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                value.length,
                null,
                value,
                new RecordHeaders(),
                Optional.of(0));
    }

    private void stepUntil(Callable<Boolean> done) {
        await().pollInSameThread()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(10))
                .until(() -> {
                    clock.pass(STEP);
                    worker.runOnce();
                    return done.call();
                });
    }

    private long systemIdentifier() {
        return number("SELECT system_identifier FROM pg_control_system()");
    }

    private long number(String sql) {
        try (Connection connection = database.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
    }

    private void execute(String sql) {
        try (Connection connection = database.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
    }

    /** Kafka's stand-in knows only commits of its own; this one also knows what other members told. */
    private static final class MemberOfGroup extends RestlessConsumer {
        private final Map<TopicPartition, OffsetAndMetadata> toldByOthers = new HashMap<>();
        private boolean isForgetful;

        @Override
        public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
                Set<TopicPartition> partitions, Duration timeout) {
            if (isForgetful) {
                throw new KafkaException("no answer");
            }
            Map<TopicPartition, OffsetAndMetadata> told = new HashMap<>(toldByOthers);
            told.keySet().retainAll(partitions);
            return told;
        }
    }
}

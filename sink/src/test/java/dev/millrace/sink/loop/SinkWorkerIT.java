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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The loop, step by step, with Kafka's own stand-in for a consumer and a real database. */
class SinkWorkerIT {
    private static final TopicPartition PARTITION = new TopicPartition("events.v1", 0);

    /** A step takes 100 ms, as an empty poll does; the back-off of up to 5 s then takes no time here. */
    private static final Duration STEP = Duration.ofMillis(100);

    private final ManualClock clock = new ManualClock(TestRows.START);
    private final TestDatabase database = TestDatabase.create();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final BatchWriter writer = new BatchWriter(
            database.url() + "?user=" + TestDatabase.WRITER,
            "test-worker",
            "events.v1",
            "topic-id",
            new TablePartitions(database.url() + "?user=" + TestDatabase.OWNER));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SinkMetrics metrics = new SinkMetrics(registry);
    private long logEnd;
    private final SinkWorker worker = new SinkWorker(
            "events.v1",
            consumer,
            new WriterThread("test-writer", writer, metrics, clock::nanoTime, consumer::wakeup),
            new BatchLimits(3, 1 << 20),
            clock::nanoTime,
            new LagMeter(
                    "events.v1",
                    metrics,
                    (partitions, answers) -> partitions.forEach(each -> answers.accept(each, logEnd)),
                    clock::nanoTime,
                    clock));

    @AfterEach
    void stop() {
        worker.stop();
        worker.run();
        database.close();
    }

    @Test
    void assignedPartitionStaysPausedUntilTheDatabaseSaysWhereToRead() {
        // Given
        subscribeAndAssign();
        // When
        consumer.schedulePollTask(() -> consumer.rebalance(Set.of(PARTITION)));
        worker.runOnce();
        // Then
        assertThat(consumer.paused()).containsExactly(PARTITION);
        assertThat(worker.isReady()).isFalse();
        stepUntil(worker::isReady);
        assertThat(consumer.paused()).isEmpty();
        assertThat(consumer.position(PARTITION)).isZero();
    }

    @Test
    void recordsArriveInTheTableWithTheirOffsets() {
        // Given
        assignAndLocate();
        // When
        add(0, TestRows.id(1));
        add(1, TestRows.id(2));
        addBad(2);
        // Then
        stepUntil(() -> storedNextOffset() == 3);
        assertThat(count("event")).isEqualTo(2);
        assertThat(count("rejected_event")).isEqualTo(1);
    }

    @Test
    void readsOnFromTheStoredOffsetAfterSomebodyElseMovedIt() {
        // Given
        assignAndLocate();
        execute("UPDATE sink_offset SET next_offset = 2");
        // When
        add(0, TestRows.id(1));
        // Then
        stepUntil(() -> consumer.position(PARTITION) == 2);
        assertThat(count("event")).isZero();
        add(2, TestRows.id(3));
        stepUntil(() -> storedNextOffset() == 3);
        assertThat(count("event")).isEqualTo(1);
    }

    @Test
    void lostTailIsReadAgainWithoutNewRecords() {
        // Given
        assignAndLocate();
        add(0, TestRows.id(1));
        stepUntil(() -> storedNextOffset() == 1);
        // When
        execute("DELETE FROM event; DELETE FROM event_identity; UPDATE sink_offset SET next_offset = 0, stored = 0");
        // Then
        stepUntil(() -> consumer.position(PARTITION) == 0);
        add(0, TestRows.id(1)); // Kafka's stand-in forgets what it has delivered.
        stepUntil(() -> storedNextOffset() == 1);
        assertThat(count("event")).isEqualTo(1);
    }

    @Test
    void batchThatFailedIsWrittenWhenTheDatabaseIsWell() {
        // Given
        assignAndLocate();
        execute("ALTER ROLE millrace_writer CONNECTION LIMIT 0");
        endConnections();
        // When
        add(0, TestRows.id(1));
        stepUntil(() -> !worker.isReady());
        execute("ALTER ROLE millrace_writer CONNECTION LIMIT -1");
        // Then
        stepUntil(() -> storedNextOffset() == 1);
        assertThat(count("event")).isEqualTo(1);
    }

    @Test
    void failedBatchIsNotTriedAgainBeforeItsTime() {
        // Given
        assignAndLocate();
        endConnections();
        add(0, TestRows.id(1));
        stepUntil(() -> !worker.isReady());
        // When
        await().pollInSameThread().during(Duration.ofMillis(100)).until(() -> {
            worker.runOnce();
            return storedNextOffset() == 0;
        });
        clock.pass(Duration.ofMillis(100));
        // Then
        await().pollInSameThread().until(() -> {
            worker.runOnce();
            return storedNextOffset() == 1;
        });
    }

    @Test
    void partitionThatComesBackIsReadFromTheStoredOffset() {
        // Given
        assignAndLocate();
        add(0, TestRows.id(1));
        stepUntil(() -> storedNextOffset() == 1);
        consumer.rebalance(List.of());
        // When
        consumer.rebalance(Set.of(PARTITION));
        // Then
        stepUntil(worker::isReady);
        assertThat(consumer.position(PARTITION)).isEqualTo(1);
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void lagCountsWhatIsNotStoredWhileTheDatabaseIsAway() {
        // Given
        assignAndLocate();
        assertThat(lag("records")).isZero();
        execute("ALTER ROLE millrace_writer CONNECTION LIMIT 0");
        endConnections();
        // When
        add(0, TestRows.id(1));
        stepUntil(() -> !worker.isDatabaseAnswering());
        logEnd = 10; // nine more that the consumer, once paused, does not see
        stepUntil(() -> lag("records") == 10);
        // Then
        assertThat(worker.isInPlace()).isTrue();
        clock.set(TestRows.START.plusSeconds(60));
        assertThat(lag("seconds")).isEqualTo(60);
        // When
        execute("ALTER ROLE millrace_writer CONNECTION LIMIT -1");
        // Then
        stepUntil(() -> lag("records") == 9);
        // When
        consumer.rebalance(List.of());
        // Then
        stepUntil(() -> registry.find("sink.lag.records").gauge() == null);
        assertThat(registry.find("sink.lag.seconds").gauge()).isNull();
    }

    private double lag(String unit) {
        return registry.get("sink.lag." + unit)
                .tags("topic", "events.v1", "partition", "0")
                .gauge()
                .value();
    }

    private void subscribeAndAssign() {
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        worker.subscribe();
    }

    private void assignAndLocate() {
        subscribeAndAssign();
        consumer.rebalance(Set.of(PARTITION));
        stepUntil(worker::isReady);
    }

    private void add(long offset, UUID id) {
        consumer.addRecord(record(offset, EventBuilder.EVENT.withId(id).value()));
    }

    private void addBad(long offset) {
        consumer.addRecord(record(offset, new byte[] {1, 2, 3}));
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, byte[] value) {
        return new ConsumerRecord<>(
                PARTITION.topic(),
                PARTITION.partition(),
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

    private void endConnections() {
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'test-worker'");
    }

    private long storedNextOffset() {
        return number("SELECT next_offset FROM sink_offset");
    }

    private long count(String table) {
        return number("SELECT count(*) FROM " + table);
    }

    private long number(String sql) {
        try (Connection connection = database.connect(TestDatabase.READER);
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
}

package dev.millrace.sink.loop;

import static org.awaitility.Awaitility.await;

import dev.millrace.schemas.testing.EventBuilder;
import dev.millrace.schemas.testing.ManualClock;
import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.sink.TestRows;
import dev.millrace.sink.batch.BatchLimits;
import dev.millrace.sink.metrics.SinkMetrics;
import dev.millrace.sink.upkeep.TablePartitions;
import dev.millrace.sink.write.BatchWriter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** The loop, to be taken step by step, with Kafka's own stand-in for a consumer and a real database. */
final class SteppedWorker implements AutoCloseable {
    static final TopicPartition PARTITION = new TopicPartition("events.v1", 0);

    /** How long a batch of fewer than three waits. */
    static final Duration MAX_AGE = Duration.ofMillis(10);

    /** A step takes 100 ms, as an empty poll does; the back-off of up to 5 s then takes no time here. */
    private static final Duration STEP = Duration.ofMillis(100);

    final ManualClock clock = new ManualClock(TestRows.START);
    private final TestDatabase database = TestDatabase.create();
    final RestlessConsumer consumer = new RestlessConsumer();
    private final BatchWriter writer = new BatchWriter(
            database.url() + "?user=" + TestDatabase.WRITER,
            "test-worker",
            "events.v1",
            "topic-id",
            new TablePartitions(database.url() + "?user=" + TestDatabase.OWNER));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SinkMetrics metrics = new SinkMetrics(registry);

    /** Where the log of every partition ends, as the brokers tell the lag meter. */
    long logEnd;

    final StillTopic topic = new StillTopic();
    final SinkWorker worker = new SinkWorker(
            new ReadingRules("events.v1", new BatchLimits(3, 1 << 20, MAX_AGE), 95, false),
            consumer,
            new WriterThread("test-writer", writer, metrics, clock::nanoTime, consumer::wakeup),
            topic,
            new LagMeter(
                    "events.v1",
                    metrics,
                    (partitions, answers) -> partitions.forEach(each -> answers.accept(each, logEnd)),
                    clock::nanoTime,
                    clock),
            clock::nanoTime);

    @Override
    public void close() {
        worker.stop();
        worker.run();
        database.close();
    }

    void subscribeAndAssign() {
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        worker.subscribe();
    }

    void assignAndLocate() {
        subscribeAndAssign();
        consumer.rebalance(Set.of(PARTITION));
        stepUntil(worker::isReady);
    }

    void add(long offset, UUID id) {
        consumer.addRecord(record(offset, EventBuilder.EVENT.withId(id).value()));
    }

    void addBad(long offset) {
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

    void stepUntil(Callable<Boolean> done) {
        await().pollInSameThread()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(10))
                .until(() -> {
                    clock.pass(STEP);
                    worker.runOnce();
                    return done.call();
                });
    }

    /** Steps that take no time. */
    void runUntilStored(long nextOffset) {
        await().pollInSameThread()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(10))
                .until(() -> {
                    worker.runOnce();
                    return storedNextOffset() == nextOffset;
                });
    }

    /** A gauge of the partition's lag, negative if it is not shown. */
    double lag(String unit) {
        Gauge gauge = registry.find("sink.lag." + unit).gauge();
        return gauge == null ? -1 : gauge.value();
    }

    void endConnections() {
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'test-worker'");
    }

    long storedNextOffset() {
        return number("SELECT next_offset FROM sink_offset");
    }

    long count(String table) {
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

    void execute(String sql) {
        try (Connection connection = database.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
    }
}

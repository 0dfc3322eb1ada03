package dev.millrace.sink.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.schemas.Topic;
import dev.millrace.schemas.testing.EventBuilder;
import dev.millrace.schemas.testing.TcpProxy;
import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.schemas.testing.TestTopic;
import dev.millrace.sink.batch.BatchLimits;
import dev.millrace.sink.metrics.SinkMetrics;
import dev.millrace.sink.upkeep.TablePartitions;
import dev.millrace.sink.write.BatchWriter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A worker on its own thread, between a real topic and a real database that tests can spoil. */
final class ProxiedWorker implements AutoCloseable {
    static final String NAME = "test-faults";

    final TestDatabase database = TestDatabase.create();
    final TcpProxy proxy =
            new TcpProxy(database.server().host(), database.server().port());

    private final TestTopic topic = TestTopic.create(Topic.EVENTS);
    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", topic.bootstrapServers(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    private SinkWorker worker;
    private CompletableFuture<Void> end;
    private int published;
    /** Above the limits that the server has for a statement which waits for a lock. */
    private Duration socketTimeout = Duration.ofSeconds(15);

    ProxiedWorker() {
        start();
    }

    /** Works on with another patience of the socket, which is 90 s in the process. */
    void restartWithSocketTimeout(Duration limit) {
        stop();
        socketTimeout = limit;
        start();
    }

    /** Begins to work, and returns when it reads. */
    void start() {
        QuietConsumer consumer = new QuietConsumer(
                Map.of(
                        "bootstrap.servers", topic.bootstrapServers(),
                        "group.id", topic.name(),
                        "group.protocol", "consumer",
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "none"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        BatchWriter writer = new BatchWriter(
                database.urlVia(proxy.port()) + "?socketTimeout=" + socketTimeout.toSeconds() + "&user="
                        + TestDatabase.WRITER,
                NAME,
                topic.name(),
                "topic-id",
                new TablePartitions(database.url() + "?user=" + TestDatabase.OWNER));
        SinkMetrics metrics = new SinkMetrics(new SimpleMeterRegistry());
        WriterThread thread = new WriterThread(NAME, writer, metrics, Ticker.SYSTEM, consumer::wakeup);
        LagMeter lag =
                new LagMeter(topic.name(), metrics, (partitions, answers) -> {}, Ticker.SYSTEM, Clock.systemUTC());
        ReadingRules rules =
                new ReadingRules(topic.name(), new BatchLimits(500, 1 << 20, Duration.ofMillis(10)), 95, false);
        worker = new SinkWorker(rules, consumer, thread, new StillTopic(), lag, Ticker.SYSTEM);
        end = CompletableFuture.runAsync(worker, task -> new Thread(task, NAME).start());
        await().atMost(Duration.ofSeconds(30)).until(worker::isReady);
    }

    boolean isReady() {
        return worker.isReady();
    }

    /** Completes when the worker has stopped, with the reason if a person has to act. */
    CompletableFuture<Void> end() {
        return end;
    }

    void publish(int count) {
        for (int number = 0; number < count; number++) {
            producer.send(new ProducerRecord<>(
                    topic.name(), EventBuilder.EVENT.withId(UUID.randomUUID()).value()));
        }
        producer.flush();
        published += count;
    }

    /** All that was published is stored within a time, once, and nothing is blamed on a record. */
    void assertStoredWithin(Duration limit) {
        long begin = System.nanoTime();
        await().atMost(limit).pollInterval(Duration.ofMillis(50)).until(this::hasCaughtUp);
        System.out.printf("%d records stored %.1f s after healing%n", published, (System.nanoTime() - begin) / 1e9);
        assertThat(number("SELECT count(*) FROM event")).isEqualTo(published);
        assertThat(number("SELECT count(*) FROM event_identity")).isEqualTo(published);
        assertThat(number("SELECT sum(stored) FROM sink_offset")).isEqualTo(published);
        assertThat(number("SELECT sum(duplicates) FROM sink_offset")).isZero();
        assertNothingRejected();
        assertThat(number("SELECT count(*) FROM (SELECT kafka_partition FROM event JOIN sink_offset USING"
                        + " (kafka_partition) GROUP BY kafka_partition, next_offset"
                        + " HAVING max(kafka_offset) + 1 <> next_offset OR count(*) <> next_offset)"))
                .as("partitions whose rows and offset disagree")
                .isZero();
    }

    boolean hasCaughtUp() {
        return backlog() == 0;
    }

    /** Records that are published and not stored. */
    long backlog() {
        return published - number("SELECT coalesce(sum(next_offset), 0) FROM sink_offset");
    }

    void assertNothingRejected() {
        assertThat(number("SELECT count(*) FROM rejected_event")).isZero();
    }

    long number(String sql) {
        try (Connection connection = database.connect("postgres");
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

    @Override
    public void close() {
        stop();
        producer.close();
        proxy.close();
        topic.close();
        database.close();
    }

    private void stop() {
        worker.stop();
        end.handle((done, failure) -> null).join();
    }
}

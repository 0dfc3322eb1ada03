package dev.millrace.sink.loop;

import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.schemas.testing.TestTopic;
import dev.millrace.sink.batch.BatchLimits;
import dev.millrace.sink.metrics.SinkMetrics;
import dev.millrace.sink.metrics.StopReason;
import dev.millrace.sink.upkeep.TablePartitions;
import dev.millrace.sink.write.BatchWriter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A worker at work, with a real broker and a real database. */
final class RunningWorker implements AutoCloseable {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final SinkWorker worker;

    private RunningWorker(Start start, TestTopic topic, TestDatabase database) {
        Properties client = new Properties();
        client.put("bootstrap.servers", topic.bootstrapServers());
        String topicId = TopicInspector.topicId(client, topic.name());
        KafkaTopicView view = new KafkaTopicView(client, topic.name(), topicId);
        QuietConsumer consumer = new QuietConsumer(
                Map.of(
                        "bootstrap.servers",
                        topic.bootstrapServers(),
                        "group.id",
                        start.group,
                        "group.protocol",
                        "consumer",
                        "auto.offset.reset",
                        "none",
                        "enable.auto.commit",
                        "false",
                        "isolation.level",
                        "read_committed",
                        "max.poll.records",
                        start.limits.maxRows(),
                        "fetch.max.bytes",
                        (int) start.limits.maxBytes()),
                view.deserializer(),
                new ByteArrayDeserializer());
        SinkMetrics metrics = new SinkMetrics(registry);
        BatchWriter writer = new BatchWriter(
                database.url() + "?user=" + TestDatabase.WRITER,
                start.group,
                topic.name(),
                topicId,
                new TablePartitions(database.url() + "?user=" + TestDatabase.OWNER));
        worker = new SinkWorker(
                new ReadingRules(topic.name(), start.limits, start.breakerPercent, start.acceptGaps),
                consumer,
                new WriterThread(start.group + "-writer", writer, metrics, Ticker.SYSTEM, consumer::wakeup),
                view,
                new LagMeter(topic.name(), metrics, view.logEnds(), Ticker.SYSTEM, Clock.systemUTC()),
                Ticker.SYSTEM);
        new Thread(this::work, start.group).start();
    }

    static RunningWorker start(Start start, TestTopic topic, TestDatabase database) {
        return new RunningWorker(start, topic, database);
    }

    SinkWorker worker() {
        return worker;
    }

    Map<Integer, StopReason> stopped() {
        return worker.stoppedPartitions();
    }

    /** Done when the worker has ended; fails with what ended it. */
    CompletableFuture<Void> end() {
        return end;
    }

    double moved() {
        return registry.get("sink.offsets.moved").counter().count();
    }

    double stoppedGauge(StopReason reason) {
        return registry.get("sink.partitions.stopped")
                .tag("reason", reason.label())
                .gauge()
                .value();
    }

    @Override
    public void close() {
        worker.stop();
        end.handle((done, failure) -> null).join();
    }

    private void work() {
        try {
            worker.run();
            end.complete(null);
        } catch (RuntimeException | Error failure) {
            end.completeExceptionally(failure);
        }
    }

    /** How a worker is started. */
    record Start(String group, int breakerPercent, boolean acceptGaps, BatchLimits limits) {
        static final Start USUAL = new Start("group-a", 95, false, BatchLimits.DEFAULT);

        Start inGroup(String other) {
            return new Start(other, breakerPercent, acceptGaps, limits);
        }

        Start withBreaker(int percent) {
            return new Start(group, percent, acceptGaps, limits);
        }

        Start acceptingGaps() {
            return new Start(group, breakerPercent, true, limits);
        }

        /** Batches, polls and fetches of this size. */
        Start withLimits(BatchLimits other) {
            return new Start(group, breakerPercent, acceptGaps, other);
        }
    }
}

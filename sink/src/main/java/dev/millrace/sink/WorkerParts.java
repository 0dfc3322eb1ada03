package dev.millrace.sink;

import dev.millrace.sink.loop.KafkaTopicView;
import dev.millrace.sink.loop.LagMeter;
import dev.millrace.sink.loop.QuietConsumer;
import dev.millrace.sink.loop.ReadingRules;
import dev.millrace.sink.loop.SinkWorker;
import dev.millrace.sink.loop.Ticker;
import dev.millrace.sink.loop.WriterThread;
import dev.millrace.sink.write.BatchWriter;
import dev.millrace.sink.write.PrimaryLogin;
import dev.millrace.sink.write.StallWatch;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Clock;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A worker with everything that is its own: consumer, writer's thread, connections, watches.
 *
 * @param name of its thread, and of its sessions in Kafka and the database
 */
record WorkerParts(String name, SinkWorker worker, KafkaClientMetrics clientMetrics) {

    /** @param number from 0 */
    static WorkerParts of(SharedParts shared, int number) {
        String name = "sink-" + number;
        SinkSettings settings = shared.settings();
        KafkaTopicView view = new KafkaTopicView(shared.kafkaClient(), shared.topic(), shared.topicId());
        QuietConsumer consumer = new QuietConsumer(
                ConsumerProperties.of(settings, number), view.deserializer(), new ByteArrayDeserializer());
        KafkaClientMetrics clientMetrics = new KafkaClientMetrics(consumer);
        clientMetrics.bindTo(shared.registry());
        SinkWorker worker = new SinkWorker(
                new ReadingRules(shared.topic(), settings.limits(), settings.breakerPercent(), settings.acceptGaps()),
                consumer,
                new WriterThread(
                        name + "-writer", writer(shared, name), shared.metrics(), Ticker.SYSTEM, consumer::wakeup),
                view,
                new LagMeter(shared.topic(), shared.metrics(), view.logEnds(), Ticker.SYSTEM, Clock.systemUTC()),
                Ticker.SYSTEM);
        return new WorkerParts(name, worker, clientMetrics);
    }

    WorkerThreads.Loop loop() {
        return new WorkerThreads.Loop(name, worker, worker::stop);
    }

    private static BatchWriter writer(SharedParts shared, String name) {
        SinkSettings settings = shared.settings();
        // With the group, so that operators see when two of them write to one database.
        String session = settings.group() + "/" + name;
        return new BatchWriter(
                new PrimaryLogin(settings.writerUrl(), session, shared.timelines()),
                shared.topic(),
                shared.topicId(),
                shared.tablePartitions(),
                new StallWatch(
                        settings.ownerUrl(), session + "-stalls", Ticker.SYSTEM::nanoTime, shared.metrics()::stalled));
    }
}

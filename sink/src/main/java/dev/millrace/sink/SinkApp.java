package dev.millrace.sink;

import dev.millrace.schemas.Topic;
import dev.millrace.sink.http.StatusServer;
import dev.millrace.sink.loop.KafkaTopicView;
import dev.millrace.sink.loop.LagMeter;
import dev.millrace.sink.loop.ReadingRules;
import dev.millrace.sink.loop.SinkWorker;
import dev.millrace.sink.loop.Ticker;
import dev.millrace.sink.loop.TopicInspector;
import dev.millrace.sink.loop.WriterThread;
import dev.millrace.sink.metrics.ProcessMeters;
import dev.millrace.sink.metrics.RejectedEventMetrics;
import dev.millrace.sink.metrics.SinkMetrics;
import dev.millrace.sink.reject.RejectedEventPublisher;
import dev.millrace.sink.upkeep.PendingLists;
import dev.millrace.sink.upkeep.TablePartitions;
import dev.millrace.sink.write.BatchWriter;
import dev.millrace.sink.write.StallWatch;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The sink as a process: one worker with its health and metrics. Thread-safe. */
public final class SinkApp implements AutoCloseable {
    private static final String WORKER = "sink-0";

    private static final Duration PENDING_LISTS_INTERVAL = Duration.ofSeconds(5);

    private final SinkWorker worker;
    private final PendingLists pendingLists;
    private final StatusServer server;
    private final ProcessMeters processMeters;
    private final KafkaClientMetrics clientMetrics;
    private final Optional<RejectedEventPublisher> rejections;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    private SinkApp(SinkSettings settings, String topic) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        processMeters = new ProcessMeters(registry);
        SinkMetrics metrics = new SinkMetrics(registry);
        Properties client = new Properties();
        client.putAll(settings.kafkaProperties());
        String topicId = TopicInspector.topicId(client, topic);
        KafkaTopicView view = new KafkaTopicView(client, topic, topicId);
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                ConsumerProperties.of(settings, WORKER), view.deserializer(), new ByteArrayDeserializer());
        clientMetrics = new KafkaClientMetrics(consumer);
        clientMetrics.bindTo(registry);
        BatchWriter writer = writer(settings, topic, topicId, metrics);
        worker = new SinkWorker(
                new ReadingRules(topic, settings.limits(), settings.breakerPercent(), settings.acceptGaps()),
                consumer,
                new WriterThread(WORKER + "-writer", writer, metrics, Ticker.SYSTEM, consumer::wakeup),
                view,
                new LagMeter(topic, metrics, view.logEnds(), Ticker.SYSTEM, Clock.systemUTC()),
                Ticker.SYSTEM);
        server = new StatusServer(
                new InetSocketAddress(settings.host(), settings.port()), registry, checks(worker, writer));
        // Last, so that nothing is left running when anything above fails.
        pendingLists = new PendingLists(settings.ownerUrl(), PENDING_LISTS_INTERVAL);
        metrics.showPendingLists(pendingLists::bytes);
        rejections = settings.dlqEnabled() ? Optional.of(publishRejections(settings, registry)) : Optional.empty();
    }

    /**
     * Starts reading. Being ready takes longer: the group has to answer, and the database.
     *
     * @throws IllegalStateException if the topic is not what it has to be, or Kafka does not answer
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static SinkApp start(SinkSettings settings) {
        return start(settings, Topic.EVENTS.topicName());
    }

    /** The same for another topic, which tests have to themselves. */
    static SinkApp start(SinkSettings settings, String topic) {
        SinkApp app = new SinkApp(settings, topic);
        new Thread(app::work, WORKER).start();
        return app;
    }

    /** Port of health and metrics. */
    public int port() {
        return server.port();
    }

    /**
     * Waits until the worker has stopped.
     *
     * @throws IllegalStateException if it stopped because a person has to act; the message says why
     */
    public void awaitEnd() throws InterruptedException {
        try {
            end.get();
        } catch (ExecutionException failure) {
            Throwable cause = failure;
            while (cause.getCause() != null
                    && (cause instanceof ExecutionException || cause instanceof CompletionException)) {
                cause = cause.getCause();
            }
            throw new IllegalStateException("the sink stopped: " + cause.getMessage(), cause);
        }
    }

    /** Finishes what is being written and leaves the group. */
    @Override
    public void close() {
        worker.stop();
        end.handle((done, failure) -> null).join();
        rejections.ifPresent(RejectedEventPublisher::close);
        clientMetrics.close();
        processMeters.close();
        pendingLists.close();
        server.close();
    }

    private static BatchWriter writer(SinkSettings settings, String topic, String topicId, SinkMetrics metrics) {
        // With the group, so that operators see when two of them write to one database.
        String name = settings.group() + "/" + WORKER;
        return new BatchWriter(
                settings.writerUrl(),
                name,
                topic,
                topicId,
                new TablePartitions(settings.ownerUrl()),
                new StallWatch(settings.ownerUrl(), name + "-stalls", Ticker.SYSTEM::nanoTime, metrics::stalled));
    }

    /** What must be true to be ready. */
    private static Map<String, BooleanSupplier> checks(SinkWorker worker, BatchWriter writer) {
        return Map.of(
                "worker",
                worker::isInPlace,
                "database",
                worker::isDatabaseAnswering,
                "primary",
                () -> !writer.timelines().isRefusing(),
                "partitions",
                () -> worker.stoppedPartitions().isEmpty());
    }

    private static RejectedEventPublisher publishRejections(SinkSettings settings, MeterRegistry registry) {
        return RejectedEventPublisher.start(
                WORKER + "-rejections",
                settings.ownerUrl(),
                settings.kafkaProperties(),
                new RejectedEventMetrics(registry),
                Ticker.SYSTEM);
    }

    private void work() {
        try {
            worker.run();
            end.complete(null);
        } catch (RuntimeException | Error failure) {
            end.completeExceptionally(failure);
        }
    }
}

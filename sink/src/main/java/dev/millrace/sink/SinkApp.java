package dev.millrace.sink;

import dev.millrace.schemas.Topic;
import dev.millrace.sink.http.StatusServer;
import dev.millrace.sink.loop.Ticker;
import dev.millrace.sink.metrics.ProcessMeters;
import dev.millrace.sink.metrics.RejectedEventMetrics;
import dev.millrace.sink.metrics.SinkMetrics;
import dev.millrace.sink.metrics.UpkeepMetrics;
import dev.millrace.sink.reject.RejectedEventPublisher;
import dev.millrace.sink.upkeep.Upkeep;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;

/** The sink as a process: its workers with their health and metrics. Thread-safe. */
public final class SinkApp implements AutoCloseable {
    private final Workers workers;
    private final WorkerThreads threads;
    private final Upkeep upkeep;
    private final StatusServer server;
    private final ProcessMeters processMeters;
    private final Optional<RejectedEventPublisher> rejections;

    private SinkApp(SinkSettings settings, String topic) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        processMeters = new ProcessMeters(registry);
        SinkMetrics metrics = new SinkMetrics(registry);
        SharedParts shared = SharedParts.of(settings, topic, registry, metrics);
        workers = new Workers(shared);
        server = new StatusServer(new InetSocketAddress(settings.host(), settings.port()), registry, workers.checks());
        // Last, so that nothing is left running when anything above fails.
        upkeep = Upkeep.start(
                "sink-upkeep",
                settings.ownerUrl(),
                settings.upkeep(),
                () -> !shared.timelines().isRefusing(),
                Ticker.SYSTEM::nanoTime,
                Clock.systemUTC());
        UpkeepMetrics.show(registry, upkeep::pendingBytes, upkeep::longLists, upkeep::isLeading);
        rejections = settings.dlqEnabled() ? Optional.of(publishRejections(settings, registry)) : Optional.empty();
        threads = workers.start();
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
        return new SinkApp(settings, topic);
    }

    /** Port of health and metrics. */
    public int port() {
        return server.port();
    }

    /**
     * Waits until all workers have stopped, or one of them has because a person has to act.
     *
     * @throws IllegalStateException in that case; the message says why
     */
    public void awaitEnd() throws InterruptedException {
        threads.awaitEnd();
    }

    /** Finishes what is being written and leaves the group. */
    @Override
    public void close() {
        threads.stop();
        rejections.ifPresent(RejectedEventPublisher::close);
        workers.close();
        processMeters.close();
        upkeep.close();
        server.close();
    }

    private static RejectedEventPublisher publishRejections(SinkSettings settings, MeterRegistry registry) {
        return RejectedEventPublisher.start(
                "sink-rejections",
                settings.ownerUrl(),
                settings.kafkaProperties(),
                new RejectedEventMetrics(registry),
                Ticker.SYSTEM);
    }
}

package dev.millrace.ingest.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** What the publisher measures. Thread-safe. */
public final class PublisherMetrics {
    private final Clock clock;
    private final Timer acknowledged;
    private final Timer failed;

    public PublisherMetrics(MeterRegistry registry) {
        clock = registry.config().clock();
        acknowledged = timer(registry, "acknowledged");
        failed = timer(registry, "failed");
    }

    /** Monotonic, in nanoseconds; only differences mean something. */
    public long nanoTime() {
        return clock.monotonicTime();
    }

    /**
     * Kafka has answered, or never will.
     *
     * @param isAcknowledged whether Kafka has the event for certain
     * @param beginNanos of {@link #nanoTime()}, when the event was handed over
     */
    public void settled(boolean isAcknowledged, long beginNanos) {
        (isAcknowledged ? acknowledged : failed).record(clock.monotonicTime() - beginNanos, TimeUnit.NANOSECONDS);
    }

    private static Timer timer(MeterRegistry registry, String outcome) {
        return Timer.builder("publish.ack")
                .description("From handing an event to Kafka's client to Kafka's answer")
                .tag("outcome", outcome)
                .publishPercentileHistogram()
                .register(registry);
    }
}

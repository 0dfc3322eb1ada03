package dev.millrace.sink.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** What waits to be published to {@code events.dlq.v1}. Thread-safe. */
public final class RejectedEventMetrics {
    private volatile double events = Double.NaN;
    private volatile double oldestSeconds = Double.NaN;

    public RejectedEventMetrics(MeterRegistry registry) {
        Gauge.builder("sink.rejected.unpublished", () -> events)
                .description("Rejected events that are not in events.dlq.v1 yet, 100000 for that many or more")
                .register(registry);
        Gauge.builder("sink.rejected.oldest.seconds", () -> oldestSeconds)
                .description("Age of the oldest of them in seconds, 0 for none")
                .register(registry);
    }

    /** Takes a count; every sink of a database counts the same events. */
    public void waiting(long count, Duration oldest) {
        events = count;
        oldestSeconds = oldest.toMillis() / 1_000.0;
    }

    /** The database does not answer. */
    public void unknown() {
        events = Double.NaN;
        oldestSeconds = Double.NaN;
    }
}

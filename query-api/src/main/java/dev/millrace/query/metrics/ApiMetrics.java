package dev.millrace.query.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What the API measures about itself, beside what the pool and the JVM report. Every tag has few
 * values. Thread-safe.
 */
public final class ApiMetrics implements AutoCloseable {
    /** Of {@link #scrape()}. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Duration[] BUCKETS = {
        Duration.ofNanos(500_000), Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5),
        Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100),
        Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2),
        Duration.ofSeconds(5), Duration.ofSeconds(10)
    };

    private final PrometheusMeterRegistry registry;
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final Timer visible;
    private final Timer tail;
    private final Counter dropped;

    public ApiMetrics(PrometheusMeterRegistry registry) {
        this.registry = registry;
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
        visible = Timer.builder("query.visible")
                .description("Wait until an event that a request asked for was visible")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        tail = Timer.builder("query.streams.read")
                .description("Time to read what is new, once for all streams")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        dropped = Counter.builder("query.streams.dropped")
                .description("Streams that were ended because the client took its events too slowly")
                .register(registry);
    }

    /**
     * One answered request.
     *
     * @param uri template of the route, never the path
     */
    public void request(String method, String uri, int status, Duration duration) {
        Timer.builder("http.server.requests")
                .description("Time to answer a request")
                .tag("method", method)
                .tag("uri", uri)
                .tag("status", Integer.toString(status))
                .tag("outcome", outcome(status))
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(duration);
    }

    /** A wait that was met. */
    public void visibleAfter(Duration duration) {
        visible.record(duration);
    }

    /** How many streams are open, asked for at each scrape. */
    public void streams(Supplier<Number> open) {
        Gauge.builder("query.streams", open)
                .description("Streams that are open")
                .register(registry);
    }

    /** What was new was read for all streams. */
    public void tailRead(Duration duration) {
        tail.record(duration);
    }

    /** A client was too slow. */
    public void streamDropped() {
        dropped.increment();
    }

    /** All meters, as Prometheus reads them. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }

    private static String outcome(int status) {
        return switch (status / 100) {
            case 1 -> "INFORMATIONAL";
            case 2 -> "SUCCESS";
            case 3 -> "REDIRECTION";
            case 4 -> "CLIENT_ERROR";
            case 5 -> "SERVER_ERROR";
            default -> "UNKNOWN";
        };
    }
}

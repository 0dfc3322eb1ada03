package dev.millrace.sink.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * The lag of each partition. When a partition moves from one worker to another of the same process,
 * the new one may show it before the old one takes its own away: the one that came last counts.
 * Thread-safe.
 */
final class LagGauges {
    private final MeterRegistry registry;
    private final Map<Key, Shown> shown = new HashMap<>();

    LagGauges(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @return takes it away again */
    synchronized Runnable show(String topic, int partition, DoubleSupplier records, DoubleSupplier seconds) {
        Key key = new Key(topic, partition);
        Source source = new Source(records, seconds);
        Shown lag = shown.get(key);
        if (lag == null) {
            shown.put(key, new Shown(registry, key, source));
        } else {
            lag.add(source);
        }
        return () -> hide(key, source);
    }

    private synchronized void hide(Key key, Source source) {
        Shown lag = shown.get(key);
        if (lag == null) {
            return;
        }
        lag.drop(source);
        if (lag.isEmpty()) {
            lag.remove(registry);
            shown.remove(key);
        }
    }

    private record Key(String topic, int partition) {}

    /** What one worker says; no two are equal. */
    private record Source(DoubleSupplier records, DoubleSupplier seconds) {}

    /** The gauges of a partition, and whoever shows it, the last one at the end. */
    private static final class Shown {
        private final List<Source> sources = new ArrayList<>();
        private final Gauge records;
        private final Gauge seconds;
        private volatile Source latest;

        Shown(MeterRegistry registry, Key key, Source first) {
            latest = first;
            sources.add(first);
            Tags tags = Tags.of("topic", key.topic(), "partition", Integer.toString(key.partition()));
            records = Gauge.builder("sink.lag.records", () -> latest.records().getAsDouble())
                    .description("Offsets that are in the log and not stored, open transactions included")
                    .baseUnit("records")
                    .tags(tags)
                    .register(registry);
            seconds = Gauge.builder("sink.lag.seconds", () -> latest.seconds().getAsDouble())
                    .description("Age of the oldest record that is in the log and not stored, 0 if there is none")
                    .baseUnit("seconds")
                    .tags(tags)
                    .register(registry);
        }

        void add(Source source) {
            sources.add(source);
            latest = source;
        }

        void drop(Source source) {
            sources.remove(source);
            if (!sources.isEmpty()) {
                latest = sources.get(sources.size() - 1);
            }
        }

        boolean isEmpty() {
            return sources.isEmpty();
        }

        void remove(MeterRegistry registry) {
            registry.remove(records);
            registry.remove(seconds);
        }
    }
}

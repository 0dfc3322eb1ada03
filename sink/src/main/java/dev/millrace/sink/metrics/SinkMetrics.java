package dev.millrace.sink.metrics;

import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.write.StallCause;
import dev.millrace.sink.write.WriteOutcome.Written;
import dev.millrace.sink.write.WritePath;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** What the sink wrote. Thread-safe. */
public final class SinkMetrics {
    private final PathMeters copy;
    private final PathMeters insert;
    private final Counter stored;
    private final Counter duplicates;
    private final Counter rejected;
    private final Map<StallCause, Counter> stalls = new EnumMap<>(StallCause.class);
    private final Timer latency;
    private final MeterRegistry registry;
    private final Counter rewound;
    private final Counter offsetsMoved;
    private final LagGauges lags;
    private final List<Supplier<Collection<StopReason>>> partitionsStopped = new CopyOnWriteArrayList<>();

    public SinkMetrics(MeterRegistry registry) {
        copy = PathMeters.of(registry, WritePath.COPY);
        insert = PathMeters.of(registry, WritePath.INSERT);
        stored = rows(registry, "stored");
        duplicates = rows(registry, "duplicate");
        rejected = rows(registry, "rejected");
        for (StallCause cause : StallCause.values()) {
            stalls.put(cause, stalls(registry, cause));
        }
        latency = Timer.builder("pipeline.latency")
                .description("From the broker's append time of an event to the commit that stored it")
                .publishPercentileHistogram()
                .register(registry);
        rewound = Counter.builder("sink.rewound.records")
                .description("Records to store again, since the database had lost them")
                .baseUnit("records")
                .register(registry);
        offsetsMoved = Counter.builder("sink.offsets.moved")
                .description("Times that somebody else had moved the offset of a partition which was ours")
                .register(registry);
        for (StopReason reason : StopReason.values()) {
            Gauge.builder("sink.partitions.stopped", () -> stopped(reason))
                    .description("Partitions of this sink that are not read until a person acts")
                    .tag("reason", reason.label())
                    .register(registry);
        }
        lags = new LagGauges(registry);
        this.registry = registry;
    }

    /** Counts a transaction that took 100 ms or more. */
    public void stalled(StallCause cause) {
        Objects.requireNonNull(stalls.get(cause)).increment();
    }

    /**
     * Shows how far a partition is behind. Of several that show the same partition, the last one counts.
     *
     * @return takes it away again
     */
    public Runnable showLag(String topic, int partition, DoubleSupplier records, DoubleSupplier seconds) {
        return lags.show(topic, partition, records, seconds);
    }

    /**
     * Counts a batch that has just been stored. The latency is that of each event in it, repeats
     * included, by the wall's time of the registry's clock; where the broker's clock is ahead, it is 0.
     *
     * @param nanos how long writing it took
     */
    public void written(Batch batch, Written written, long nanos) {
        long now = registry.config().clock().wallTime();
        for (EventRow event : batch.events()) {
            latency.record(Math.max(0, now - event.appendedAtMillis()), TimeUnit.MILLISECONDS);
        }
        PathMeters meters = written.path() == WritePath.COPY ? copy : insert;
        meters.commit().record(nanos, TimeUnit.NANOSECONDS);
        meters.batchRows().record(written.stored() + written.duplicates() + written.rejected());
        stored.increment(written.stored());
        duplicates.increment(written.duplicates());
        rejected.increment(written.rejected());
    }

    /** Counts an offset that somebody else had moved. */
    public void offsetsMoved() {
        offsetsMoved.increment();
    }

    /**
     * Shows the stopped partitions of one worker beside those of the others.
     *
     * @param reasons the reason of each that is stopped now; asked by any thread
     */
    public void showStopped(Supplier<Collection<StopReason>> reasons) {
        partitionsStopped.add(reasons);
    }

    /** Counts records that were stored, and that the database has no longer. */
    public void rewound(long records) {
        rewound.increment(records);
    }

    private int stopped(StopReason reason) {
        return partitionsStopped.stream()
                .mapToInt(worker -> Collections.frequency(worker.get(), reason))
                .sum();
    }

    private static Counter stalls(MeterRegistry registry, StallCause cause) {
        return Counter.builder("sink.stalls")
                .description("Transactions of 100 ms or more, by what they waited for")
                .tag("cause", cause.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private static Counter rows(MeterRegistry registry, String outcome) {
        return Counter.builder("sink.rows")
                .description("Records by what became of them")
                .tag("outcome", outcome)
                .register(registry);
    }

    /** What is measured for each way of writing. */
    private record PathMeters(Timer commit, DistributionSummary batchRows) {
        static PathMeters of(MeterRegistry registry, WritePath path) {
            String tag = path.label();
            Timer commit = Timer.builder("sink.commit")
                    .description("Time of a batch's transaction, with what it took to get it through")
                    .tag("path", tag)
                    .publishPercentileHistogram()
                    .register(registry);
            DistributionSummary batchRows = DistributionSummary.builder("sink.batch.rows")
                    .description("Records in a written batch")
                    .baseUnit("rows")
                    .tag("path", tag)
                    .register(registry);
            return new PathMeters(commit, batchRows);
        }
    }
}

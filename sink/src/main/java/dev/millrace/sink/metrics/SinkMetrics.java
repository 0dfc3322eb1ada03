package dev.millrace.sink.metrics;

import dev.millrace.sink.write.StallCause;
import dev.millrace.sink.write.WriteOutcome.Written;
import dev.millrace.sink.write.WritePath;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/** What the sink wrote. Thread-safe. */
public final class SinkMetrics {
    private final PathMeters copy;
    private final PathMeters insert;
    private final Counter stored;
    private final Counter duplicates;
    private final Counter rejected;
    private final Map<StallCause, Counter> stalls = new EnumMap<>(StallCause.class);
    private final MeterRegistry registry;

    public SinkMetrics(MeterRegistry registry) {
        copy = PathMeters.of(registry, WritePath.COPY);
        insert = PathMeters.of(registry, WritePath.INSERT);
        stored = rows(registry, "stored");
        duplicates = rows(registry, "duplicate");
        rejected = rows(registry, "rejected");
        for (StallCause cause : StallCause.values()) {
            stalls.put(cause, stalls(registry, cause));
        }
        this.registry = registry;
    }

    /** Counts a transaction that took 100 ms or more. */
    public void stalled(StallCause cause) {
        Objects.requireNonNull(stalls.get(cause)).increment();
    }

    /** Shows the size of the pending lists. To be called once. */
    public void showPendingLists(DoubleSupplier bytes) {
        Gauge.builder("sink.gin.pending", bytes::getAsDouble)
                .description("Waiting in the pending lists of the GIN indexes on event; NaN while not known")
                .baseUnit("bytes")
                .register(registry);
    }

    /**
     * Counts a batch that is stored.
     *
     * @param nanos how long writing it took
     */
    public void written(Written written, long nanos) {
        PathMeters meters = written.path() == WritePath.COPY ? copy : insert;
        meters.commit().record(nanos, TimeUnit.NANOSECONDS);
        meters.batchRows().record(written.stored() + written.duplicates() + written.rejected());
        stored.increment(written.stored());
        duplicates.increment(written.duplicates());
        rejected.increment(written.rejected());
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

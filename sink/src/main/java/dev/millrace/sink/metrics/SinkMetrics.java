package dev.millrace.sink.metrics;

import dev.millrace.sink.write.WriteOutcome.Written;
import dev.millrace.sink.write.WritePath;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the sink wrote. Thread-safe. */
public final class SinkMetrics {
    private final Map<WritePath, Timer> commits = new EnumMap<>(WritePath.class);
    private final Map<WritePath, DistributionSummary> batchRows = new EnumMap<>(WritePath.class);
    private final Counter stored;
    private final Counter duplicates;
    private final Counter rejected;

    public SinkMetrics(MeterRegistry registry) {
        for (WritePath path : WritePath.values()) {
            String tag = path.name().toLowerCase(Locale.ROOT);
            commits.put(
                    path,
                    Timer.builder("sink.commit")
                            .description("Time of a batch's transaction, with what it took to get it through")
                            .tag("path", tag)
                            .publishPercentileHistogram()
                            .register(registry));
            batchRows.put(
                    path,
                    DistributionSummary.builder("sink.batch.rows")
                            .description("Records in a written batch")
                            .baseUnit("rows")
                            .tag("path", tag)
                            .register(registry));
        }
        stored = rows(registry, "stored");
        duplicates = rows(registry, "duplicate");
        rejected = rows(registry, "rejected");
    }

    /**
     * Counts a batch that is stored.
     *
     * @param nanos how long writing it took
     */
    public void written(Written written, long nanos) {
        commits.get(written.path()).record(nanos, TimeUnit.NANOSECONDS);
        batchRows.get(written.path()).record(written.stored() + written.duplicates() + written.rejected());
        stored.increment(written.stored());
        duplicates.increment(written.duplicates());
        rejected.increment(written.rejected());
    }

    private static Counter rows(MeterRegistry registry, String outcome) {
        return Counter.builder("sink.rows")
                .description("Records by what became of them")
                .tag("outcome", outcome)
                .register(registry);
    }
}

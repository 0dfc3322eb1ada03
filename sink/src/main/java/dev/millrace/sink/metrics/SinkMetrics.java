package dev.millrace.sink.metrics;

import dev.millrace.sink.write.WriteOutcome.Written;
import dev.millrace.sink.write.WritePath;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** What the sink wrote. Thread-safe. */
public final class SinkMetrics {
    private final PathMeters copy;
    private final PathMeters insert;
    private final Counter stored;
    private final Counter duplicates;
    private final Counter rejected;

    public SinkMetrics(MeterRegistry registry) {
        copy = PathMeters.of(registry, WritePath.COPY);
        insert = PathMeters.of(registry, WritePath.INSERT);
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
        PathMeters meters = written.path() == WritePath.COPY ? copy : insert;
        meters.commit().record(nanos, TimeUnit.NANOSECONDS);
        meters.batchRows().record(written.stored() + written.duplicates() + written.rejected());
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

package dev.millrace.sink.loop;

import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.OffsetRange;
import dev.millrace.sink.batch.Row;
import dev.millrace.sink.metrics.StopReason;
import dev.millrace.sink.write.WriteOutcome.Written;
import java.util.List;

/**
 * Looks at stored batches for what only the database can know, and stops a partition of which it
 * refuses nearly everything: conflicts with earlier events, a constraint. Not thread-safe.
 */
final class RefusedBatches {
    private final Assignment assignment;

    RefusedBatches(Assignment assignment) {
        this.assignment = assignment;
    }

    void note(PendingWrite write, Written written) {
        for (OffsetRange range : write.batch().ranges()) {
            PartitionProgress progress = assignment.partitions().get(range.partition());
            if (progress != null
                    && progress.isReading()
                    && progress == write.readers().get(range.partition())) {
                note(progress, range, write.batch(), written.refused().getOrDefault(range.partition(), 0));
            }
        }
    }

    private void note(PartitionProgress progress, OffsetRange range, Batch batch, int refused) {
        if (refused == 0) {
            progress.breaker().forgetWritten();
            return;
        }
        int rejected = count(batch.rejected(), range.partition());
        int records = count(batch.events(), range.partition()) + rejected;
        if (progress.breaker().countWritten(records, rejected + refused)) {
            assignment.stop(
                    progress,
                    StopReason.BREAKER,
                    range.end(),
                    "refusedInBatch=" + refused + ": the database refused nearly all of its last records. "
                            + Breaker.REMEDY);
        }
    }

    private static int count(List<? extends Row> rows, int partition) {
        return (int) rows.stream().filter(row -> row.partition() == partition).count();
    }
}

package dev.millrace.sink.loop;

import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.write.WriteOutcome;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A batch on its way into the database, or waiting for the next try.
 *
 * @param readers the progress of its partitions when it was read; another object now means that the
 *     partition has come back in the meantime, and will be read again
 * @param answer null while it waits for {@code dueNanos}
 */
record PendingWrite(
        Batch batch,
        Map<Integer, PartitionProgress> readers,
        @Nullable CompletableFuture<WriteOutcome> answer,
        long dueNanos) {

    /** The partitions of the batch that are no longer read by who read them then. */
    Set<Integer> outdated(Map<Integer, PartitionProgress> assigned) {
        return batch.ranges().stream()
                .map(range -> range.partition())
                .filter(partition -> assigned.get(partition) != readers.get(partition))
                .collect(Collectors.toSet());
    }
}

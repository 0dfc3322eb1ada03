package dev.millrace.compose.bench;

import dev.millrace.sink.batch.OffsetRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * All events of the topic as COPY takes them, in batches such as the sink makes, in one file: too much
 * for memory, and read again from the system's cache.
 *
 * @param shares the batches of each connection, which has partitions of its own as a sink's worker has
 * @param appendTimes the first and the last one, milliseconds of Unix time: there table partitions are needed
 * @param ends of the topic's partitions
 */
record PreparedRows(Path file, List<List<PreparedBatch>> shares, List<Long> appendTimes, Map<Integer, Long> ends) {
    /**
     * One transaction.
     *
     * @param position in the file, of the identities, which the events follow
     */
    record PreparedBatch(long position, int identityBytes, int eventBytes, int events, List<OffsetRange> ranges) {}

    /** How many batches there are. */
    long batches() {
        return shares.stream().mapToLong(List::size).sum();
    }
}

package dev.millrace.sink.write;

import java.util.Set;

/** How a batch ended, when the database had its say. */
public sealed interface WriteOutcome {
    /**
     * The batch is stored, once, and its offsets have moved.
     *
     * @param stored rows in {@code event}
     * @param duplicates records left out because the same event is there already
     * @param rejected rows in {@code rejected_event}
     */
    record Written(WritePath path, int stored, int duplicates, int rejected) implements WriteOutcome {}

    /** Nothing is stored, because somebody else moved the offsets of these partitions. */
    record Moved(Set<Integer> partitions) implements WriteOutcome {}
}

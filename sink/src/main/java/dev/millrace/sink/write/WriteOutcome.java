package dev.millrace.sink.write;

import java.util.Map;
import java.util.Set;

/** How a batch ended, when the database had its say. */
public sealed interface WriteOutcome {
    /**
     * The batch is stored, once, and its offsets have moved.
     *
     * @param stored rows in {@code event}
     * @param duplicates records left out because the same event is there already
     * @param rejected rows in {@code rejected_event}
     * @param refused how many of the rejected had been events until the database judged them, by Kafka
     *     partition; without partitions that had none
     */
    record Written(WritePath path, int stored, int duplicates, int rejected, Map<Integer, Integer> refused)
            implements WriteOutcome {
        /** Of a batch whose events the database took as they were. */
        public Written(WritePath path, int stored, int duplicates, int rejected) {
            this(path, stored, duplicates, rejected, Map.of());
        }
    }

    /** Nothing is stored, because somebody else moved the offsets of these partitions. */
    record Moved(Set<Integer> partitions) implements WriteOutcome {}
}

package dev.millrace.sink.loop;

import dev.millrace.sink.write.StoredOffset;

/**
 * How far one assigned Kafka partition is read. A new assignment, or a lost race for the offset row,
 * makes a new object, so that answers meant for the old one find nobody. Not thread-safe.
 */
final class PartitionProgress {
    private final int partition;
    private boolean located;
    private long nextOffset;
    private long lastAppendedAtMillis = Long.MIN_VALUE;

    PartitionProgress(int partition) {
        this.partition = partition;
    }

    int partition() {
        return partition;
    }

    /** Whether the database has said where to read on; until then nothing is read. */
    boolean isLocated() {
        return located;
    }

    void locate(StoredOffset stored) {
        located = true;
        nextOffset = stored.nextOffset();
        lastAppendedAtMillis = stored.lastAppendedAtMillis();
    }

    long nextOffset() {
        return nextOffset;
    }

    void advanceTo(long offset) {
        nextOffset = offset;
    }

    /** The append time of the next record: the broker's clock, never before an earlier record's. */
    long appendedAtMillis(long recordTimestampMillis) {
        lastAppendedAtMillis = Math.max(recordTimestampMillis, lastAppendedAtMillis);
        return lastAppendedAtMillis;
    }

    long lastAppendedAtMillis() {
        return lastAppendedAtMillis;
    }
}

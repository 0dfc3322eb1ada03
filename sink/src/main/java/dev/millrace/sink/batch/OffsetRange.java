package dev.millrace.sink.batch;

import org.jspecify.annotations.Nullable;

/**
 * The part of a Kafka partition that a batch covers. Offsets inside may be missing: transactions
 * leave markers, and aborted records are never delivered.
 *
 * @param start first offset, the one that is stored as next offset now
 * @param end offset after the last one, more than start
 * @param leaderEpoch leader epoch at the end, null if Kafka gave none
 * @param lastAppendedAtMillis latest append time delivered up to the end, {@link Long#MIN_VALUE} if
 *     the partition has had nothing but markers
 */
public record OffsetRange(
        int partition, long start, long end, @Nullable Integer leaderEpoch, long lastAppendedAtMillis) {
    public OffsetRange {
        if (start >= end) {
            throw new IllegalArgumentException("empty range of partition " + partition + ": " + start + " to " + end);
        }
    }

    /** Whether the partition has delivered a record up to the end. */
    public boolean hasRecords() {
        return lastAppendedAtMillis != Long.MIN_VALUE;
    }
}

package dev.millrace.sink.loop;

import dev.millrace.sink.metrics.StopReason;
import dev.millrace.sink.write.StoredOffset;
import org.jspecify.annotations.Nullable;

/**
 * How far one assigned Kafka partition is read: it waits to be located, is being read, or is stopped.
 * A new assignment, or a lost race for the offset row, makes a new object, so that answers meant for
 * the old one find nobody. Not thread-safe.
 */
final class PartitionProgress {
    private final int partition;
    private final Breaker breaker;
    private long dueNanos;
    private boolean located;
    private boolean lost;
    private boolean fetched;
    private @Nullable StopReason stopped;
    private long locatedAt = -1;
    private long nextOffset;
    private long lastAppendedAtMillis = Long.MIN_VALUE;

    /** @param dueNanos when to ask for its place, not before */
    PartitionProgress(int partition, long dueNanos, Breaker breaker) {
        this.partition = partition;
        this.breaker = breaker;
        this.dueNanos = dueNanos;
    }

    int partition() {
        return partition;
    }

    /** Whether the database has said where to read on, also if it is stopped since. */
    boolean isLocated() {
        return located;
    }

    /** Whether its place is known and nothing stands in the way. */
    boolean isReading() {
        return located && !lost && stopped == null;
    }

    /** Whether the consumer fetches it, as it was told. */
    boolean isFetched() {
        return fetched;
    }

    void fetched(boolean now) {
        fetched = now;
    }

    /** Whether it waits for its place; a stopped one has been judged. */
    boolean isWaiting() {
        return !located && stopped == null;
    }

    /** Whether its place is to be asked for now: for the first time, or because what stopped it may be over. */
    boolean isDue(long nowNanos) {
        boolean open = stopped == null ? !located : stopped == StopReason.GAP || stopped == StopReason.TRUNCATED;
        return open && nowNanos - dueNanos >= 0;
    }

    void askAgainAt(long nanos) {
        dueNanos = nanos;
    }

    void locate(StoredOffset stored) {
        located = true;
        stopped = null;
        locatedAt = stored.nextOffset();
        nextOffset = stored.nextOffset();
        lastAppendedAtMillis = stored.lastAppendedAtMillis();
    }

    /** Why it is stopped, null if it is not. */
    @Nullable
    StopReason stopped() {
        return stopped;
    }

    /**
     * Reads no further.
     *
     * @param offset where it was to go on
     * @return whether this is news
     */
    boolean stop(StopReason reason, long offset) {
        boolean news = stopped != reason || locatedAt != offset;
        stopped = reason;
        locatedAt = offset;
        return news;
    }

    /** Kafka has nothing at its position; what was read of it is still to be stored. */
    void lose() {
        lost = true;
    }

    /** Where the database said to read on. */
    long locatedAt() {
        return locatedAt;
    }

    /** Has seen what was read since the partition was located. */
    Breaker breaker() {
        return breaker;
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

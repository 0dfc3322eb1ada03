package dev.millrace.sink.loop;

import java.util.BitSet;

/**
 * Notices that nearly everything of a partition is refused: then the mistake is not in the records,
 * and going on would only fill {@code rejected_event}. It decides on nothing but going on; what a
 * record is, it never changes. Not thread-safe.
 */
final class Breaker {
    /** Records that are looked at together; no verdict before there are so many. */
    private static final int WINDOW = 100;

    private final int percent;
    private final BitSet rejected = new BitSet(WINDOW);
    private long seen;

    /** @param percent of the last 100 records that have to be refused; 0 for never */
    Breaker(int percent) {
        this.percent = percent;
    }

    /**
     * Counts the next record of the partition.
     *
     * @return whether to stop
     */
    boolean count(boolean isRejected) {
        rejected.set((int) (seen % WINDOW), isRejected);
        seen++;
        return percent > 0 && seen >= WINDOW && rejected.cardinality() >= percent;
    }
}

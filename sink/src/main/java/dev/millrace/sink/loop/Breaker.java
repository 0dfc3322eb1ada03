package dev.millrace.sink.loop;

import java.util.BitSet;

/**
 * Notices that nearly everything of a partition is refused: then the mistake is not in the records,
 * and going on would only fill {@code rejected_event}. It decides on nothing but going on; what a
 * record is, it never changes. Not thread-safe.
 */
final class Breaker {
    /** What a person does about it. */
    static final String REMEDY = "Look at rejected_event for the reasons; correct the producer or the schema and start"
            + " the sink again, or let all of them be rejected with sink.breaker.percent=0";

    /** Records that are looked at together; no verdict before there are so many. */
    private static final int WINDOW = 100;

    private final int percent;
    private final BitSet rejected = new BitSet(WINDOW);
    private long seen;
    private long written;
    private long refused;

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

    /**
     * Counts the records of the partition in a batch that is stored: the database may refuse what was an
     * event until then, because it contradicts an earlier one or a constraint. Batches are taken
     * together until they have as many records as a verdict needs.
     *
     * @param records events and rejections
     * @param refusedOfThem those that were rejected, before the database or by it
     * @return whether to stop
     */
    boolean countWritten(int records, int refusedOfThem) {
        written += records;
        refused += refusedOfThem;
        if (written < WINDOW) {
            return false;
        }
        boolean trips = percent > 0 && refused * 100 >= percent * written;
        forgetWritten();
        return trips;
    }

    /** A batch is stored of which the database refused nothing. */
    void forgetWritten() {
        written = 0;
        refused = 0;
    }
}

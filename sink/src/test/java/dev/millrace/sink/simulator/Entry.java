package dev.millrace.sink.simulator;

import dev.millrace.schemas.event.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * One offset of a partition, and what has to become of it.
 *
 * @param id number of the event id, from 0
 * @param appendedAtMillis what the row has to say
 * @param reason why it has to be rejected, null if it does not
 */
public record Entry(
        long offset,
        Content content,
        int id,
        long timestampMillis,
        int leaderEpoch,
        Fate fate,
        long appendedAtMillis,
        @Nullable RejectReason reason) {

    /** What becomes of an offset. */
    public enum Fate {
        STORED,
        DUPLICATE,
        REJECTED,
        /** No record. */
        NOTHING
    }

    public byte @Nullable [] value() {
        return content.value(id);
    }
}

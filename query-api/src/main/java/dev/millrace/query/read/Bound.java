package dev.millrace.query.read;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A point in one Kafka partition: everything up to it lies on one side, everything after it on the
 * other.
 *
 * @param offset the last offset before the point; -1 when nothing lies before it
 * @param appendedAt no event up to here is later and no event after it is earlier; null when nothing
 *     is known
 */
public record Bound(long offset, @Nullable Instant appendedAt) {
    /** Before the first record. */
    public static final Bound NONE = new Bound(-1, null);

    public Bound {
        if (offset < -1) {
            throw new IllegalArgumentException("an offset of -1 or more, not " + offset);
        }
    }
}

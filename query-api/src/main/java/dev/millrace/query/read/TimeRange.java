package dev.millrace.query.read;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A half-open range of time.
 *
 * @param from first moment in it; null for no beginning
 * @param until first moment after it; null for no end
 */
public record TimeRange(@Nullable Instant from, @Nullable Instant until) {
    /** Everything. */
    public static final TimeRange ALWAYS = new TimeRange(null, null);

    /** Whether no moment is in it. */
    public boolean isEmpty() {
        return from != null && until != null && !from.isBefore(until);
    }
}

package dev.millrace.query.read;

import java.time.Duration;

/**
 * How many rows of the table one statement may look through, whatever it finds among them. It begins
 * without a bound, where the planner's way is the best. A statement that takes too long makes it
 * smaller, a quick one larger, so that a search which the planner has no good way for goes on in steps
 * of a fraction of a second and comes to its end. Not thread-safe.
 */
final class SearchSpan {
    /** Enough that beginning a statement costs nothing beside it. */
    static final int LARGEST = 1 << 17;

    private static final int STEP = 4;
    private static final Duration SLOW = Duration.ofMillis(400);
    private static final Duration QUICK = Duration.ofMillis(100);

    private int rows = Integer.MAX_VALUE;

    boolean isBounded() {
        return rows <= LARGEST;
    }

    /** At least 1. */
    int rows() {
        return rows;
    }

    /**
     * A statement has come to its end.
     *
     * @param duration how long it took
     * @param whole whether it looked through all of its span
     */
    void took(Duration duration, boolean whole) {
        if (duration.compareTo(SLOW) > 0) {
            narrow();
        } else if (whole && isBounded() && duration.compareTo(QUICK) < 0) {
            rows = Math.min(rows * 2, LARGEST);
        }
    }

    /** @return false if it cannot be any smaller */
    boolean narrow() {
        if (rows == 1) {
            return false;
        }
        rows = isBounded() ? Math.max(rows / STEP, 1) : LARGEST;
        return true;
    }
}

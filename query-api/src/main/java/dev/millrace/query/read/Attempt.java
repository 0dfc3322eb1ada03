package dev.millrace.query.read;

import org.jspecify.annotations.Nullable;

/**
 * A way to have a question answered. Where it asks for content, the planner can only guess how many
 * documents contain what is asked for: it has a hundred as a sample, so what one of them contains may
 * be in each hundredth event or in a few. If many match, reading in the order of the answer soon finds
 * enough; if few do, that goes through all events, and the index of the documents has them at once. What
 * takes too long is tried in another way. Together the attempts may take as long as any other statement.
 */
enum Attempt {
    /** The planner knows all it needs. */
    ONLY(2_000),

    /** As the planner guesses. */
    AS_PLANNED(400),

    /** As if many matched. */
    IN_ORDER(600),

    /** As if few matched. */
    BY_CONTENT(1_000);

    /**
     * With this part of all events wanted, the planner takes the index of the documents for what one of the
     * sample contains, and the order of the answer for what two contain. See docs/benchmarks.md.
     */
    private static final int PART_OF_A_GUESS = 900;

    private static final String SETTINGS =
            "SELECT set_config('statement_timeout', ?, true), set_config('enable_bitmapscan', ?, true)";

    private final long atMostMillis;

    Attempt(long atMostMillis) {
        this.atMostMillis = atMostMillis;
    }

    static Attempt firstFor(EventFilter filter) {
        return filter.asksForContent() ? AS_PLANNED : ONLY;
    }

    /** What to try when this took too long; null when nothing is left. */
    @Nullable
    Attempt next() {
        return switch (this) {
            case AS_PLANNED -> IN_ORDER;
            case IN_ORDER -> BY_CONTENT;
            case ONLY, BY_CONTENT -> null;
        };
    }

    /** Sets the rest of the transaction to it; null if the session's settings are right. */
    @Nullable
    Sql settings() {
        if (this == ONLY) {
            return null;
        }
        return new Sql().add(SETTINGS, Long.toString(atMostMillis), this == IN_ORDER ? "off" : "on");
    }

    /**
     * How many rows to tell the planner that are wanted.
     *
     * @param rows how many are
     * @param events some number of events that the tables have had
     */
    long plannedRows(int rows, long events) {
        return switch (this) {
            case ONLY, IN_ORDER -> rows;
            case AS_PLANNED -> Math.max(rows, events / PART_OF_A_GUESS);
            case BY_CONTENT -> Math.max(rows, events);
        };
    }
}

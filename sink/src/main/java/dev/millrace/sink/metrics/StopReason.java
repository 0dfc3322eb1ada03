package dev.millrace.sink.metrics;

import java.util.Locale;

/** Why a partition that the group gave to the sink is not read; also a label of its gauge. */
public enum StopReason {
    /** Kafka no longer holds what comes next. */
    GAP,
    /** Nearly everything of it is refused. */
    BREAKER,
    /** Kafka's log ends below what is stored. */
    TRUNCATED,
    /** Kafka's log holds other records below what is stored. */
    DIVERGED;

    /** The word in logs and labels. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

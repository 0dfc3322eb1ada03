package dev.millrace.sink.simulator;

/** Mistakes that are built around the sink on purpose, to see that the simulator finds them. */
public enum PlantedBug {
    NONE,
    /** The offsets move from whatever they are. */
    NO_COMPARE_AND_SWAP,
    /** Kafka's group offset is the position, and is committed before the rows. */
    KAFKA_COMMITTED_FIRST,
    ROW_DROPPED,
    ROWS_SWAPPED,
    /** A partition is read from where the consumer happens to stand. */
    SEEK_FORGOTTEN,
    REPEATS_COUNTED_TWICE,
    /** The append time of a new owner begins anew. */
    APPEND_TIME_FORGOTTEN,
    /** Rows are written without their offsets when somebody else moved those. */
    MOVED_IGNORED,
    /** The worker does not hear that a partition was revoked or lost. */
    REVOCATION_UNHEARD
}

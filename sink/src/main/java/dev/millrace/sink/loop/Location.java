package dev.millrace.sink.loop;

import dev.millrace.sink.write.StoredOffset;

/**
 * Where a partition stands in the database, and what Kafka's log holds.
 *
 * @param log asked for after the database had answered
 */
record Location(StoredOffset stored, LogRange log) {
    /** Whether Kafka no longer holds what comes next. */
    boolean isBeforeLog() {
        return stored.nextOffset() < log.start();
    }

    /** Whether Kafka's log ends below what is stored. */
    boolean isBehindLog() {
        return stored.nextOffset() > log.end();
    }
}

package dev.millrace.query.read;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the replica stands.
 *
 * @param lagMs age in milliseconds of the newest replayed transaction while received WAL waits to be
 *     replayed, else 0; null when it cannot be told
 * @param lagBytes WAL received and not replayed; null when none was received since the start
 * @param events records stored as events since the beginning
 * @param rejected records that were no event
 * @param oldest append time of the first event; null when there is none
 * @param newest append time of the last event; null when there is none
 */
public record ReplicaStatus(
        CompleteThrough completeThrough,
        @Nullable Long lagMs,
        @Nullable Long lagBytes,
        long events,
        long rejected,
        @Nullable Instant oldest,
        @Nullable Instant newest) {}

package dev.millrace.sink.reject;

import java.time.Duration;

/**
 * When to look again.
 *
 * @param poll how long an empty table is left alone
 * @param longestBackoff most time between two tries while Kafka or the database is away
 * @param firstRetry how long an event that the topic refused waits at first
 * @param longestRetry and at most, since each try reads all of those again
 * @param measure how long a count of what waits is good enough
 */
record Pacing(Duration poll, Duration longestBackoff, Duration firstRetry, Duration longestRetry, Duration measure) {
    static final Pacing DEFAULT = new Pacing(
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            Duration.ofSeconds(10));

    /** Twice as long, up to a limit. */
    static Duration doubled(Duration wait, Duration limit) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(limit) < 0 ? twice : limit;
    }
}

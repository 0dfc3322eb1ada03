package dev.millrace.ingest.load;

import java.time.Duration;

/**
 * What came of a load.
 *
 * @param acknowledged events that Kafka has
 * @param failed events without an acknowledgement
 * @param length from the first event to the last answer
 * @param behind the longest that an event was handed over after it was due; zero without a pace
 * @param latency of the acknowledged ones, from the moment at which an event was due to its
 *     acknowledgement, so that an event which had to wait for its turn counts that wait, too; without a
 *     pace from the moment it was sent
 */
public record LoadReport(long acknowledged, long failed, Duration length, Duration behind, Latency latency) {
    /** Acknowledged events per second. */
    public double eventsPerSecond() {
        return length.isZero() ? 0 : acknowledged / (length.toNanos() / 1e9);
    }
}

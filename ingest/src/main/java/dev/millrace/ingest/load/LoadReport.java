package dev.millrace.ingest.load;

import java.time.Duration;

/**
 * What came of a load.
 *
 * @param acknowledged events that Kafka has
 * @param failed events without an acknowledgement
 * @param length from the first event to the last answer
 * @param latency of the acknowledged ones
 */
public record LoadReport(long acknowledged, long failed, Duration length, Latency latency) {
    /**
     * Milliseconds from the moment at which an event was due to its acknowledgement, so that an event
     * which had to wait for its turn counts that wait, too; without a pace from the moment it was sent.
     * All 0 if nothing was acknowledged.
     */
    public record Latency(double p50, double p99, double p999, double max) {}

    /** Acknowledged events per second. */
    public double eventsPerSecond() {
        return length.isZero() ? 0 : acknowledged / (length.toNanos() / 1e9);
    }
}

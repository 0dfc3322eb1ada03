package dev.millrace.query.tail;

import java.time.Duration;

/**
 * How much streams may take.
 *
 * @param streams most that are open at a time
 * @param queuedEvents most events that wait for one client which follows
 * @param queuedBytes most bytes that do; a single event may have more
 * @param heartbeat longest silence
 * @param stall how long a client may take nothing while something waits for it
 */
public record StreamLimits(int streams, int queuedEvents, long queuedBytes, Duration heartbeat, Duration stall) {
    public StreamLimits {
        if (streams < 1 || queuedEvents < 4 || queuedBytes < 1 || heartbeat.isNegative() || stall.isNegative()) {
            throw new IllegalArgumentException("streams=" + streams + " queuedEvents=" + queuedEvents);
        }
    }

    /** What suits browsers and proxies: many of those give up after 60 s of silence, some after 30. */
    public static StreamLimits of(int streams) {
        return new StreamLimits(streams, 1_000, 1 << 20, Duration.ofSeconds(15), Duration.ofSeconds(60));
    }

    /** Whether so much is at most that many quarters of what may wait. */
    boolean allow(int quarters, long events, long bytes) {
        return events * 4 <= (long) quarters * queuedEvents && bytes * 4 <= quarters * queuedBytes;
    }
}

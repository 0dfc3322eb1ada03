package dev.millrace.sink.loop;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How far one partition is behind its log. The loop's thread changes it, except for the log's end;
 * {@link #records} and {@link #seconds} may be asked by any thread.
 */
final class PartitionLag {
    private static final long NEVER = Long.MIN_VALUE;

    private final PartitionProgress progress;
    private final Clock clock;
    private final Deque<Read> waiting = new ArrayDeque<>();
    private long lastReadAtMillis = NEVER;
    private boolean wasWaiting;
    private volatile long stored;
    private volatile long read;
    private volatile long end;
    private volatile long sinceMillis = NEVER;

    /**
     * @param progress located, and nothing is read yet
     */
    PartitionLag(PartitionProgress progress, Clock clock) {
        this.progress = progress;
        this.clock = clock;
        stored = progress.nextOffset();
        read = stored;
    }

    boolean isOf(PartitionProgress other) {
        return progress == other;
    }

    /** What one poll delivered up to an offset; nothing if there were only markers of transactions. */
    void read(long next, List<ConsumerRecord<byte[], byte[]>> records) {
        read = next;
        long firstAtMillis = records.isEmpty() ? clock.millis() : records.get(0).timestamp();
        lastReadAtMillis = records.isEmpty()
                ? firstAtMillis
                : records.get(records.size() - 1).timestamp();
        waiting.add(new Read(next, firstAtMillis));
    }

    void stored(long next) {
        stored = Math.max(stored, next);
        while (!waiting.isEmpty() && waiting.element().next() <= stored) {
            waiting.remove();
        }
    }

    void endsAt(long offset) {
        end = offset;
    }

    /**
     * Notes since when something is waiting. That is known of what was read; of what was not, only that
     * it was appended after what was read last, or, after a time without lag, that it has just come.
     */
    void step() {
        if (!waiting.isEmpty()) {
            sinceMillis = waiting.element().firstAtMillis();
        } else if (records() == 0) {
            sinceMillis = NEVER;
        } else if (wasWaiting) {
            sinceMillis = lastReadAtMillis;
        } else if (sinceMillis == NEVER) {
            sinceMillis = clock.millis();
        }
        wasWaiting = !waiting.isEmpty();
    }

    /** Offsets that are in the log and not stored. */
    long records() {
        return Math.max(0, Math.max(end, read) - stored);
    }

    /** Age of the oldest of them, 0 if there is none or the broker's clock is ahead of ours. */
    double seconds() {
        long since = sinceMillis;
        return since == NEVER ? 0 : Math.max(0, clock.millis() - since) / 1e3;
    }

    /**
     * @param next offset after it
     * @param firstAtMillis append time of its first record
     */
    private record Read(long next, long firstAtMillis) {}
}

package dev.millrace.compose.bench;

import dev.millrace.ingest.load.Latency;
import dev.millrace.schemas.Position;
import dev.millrace.schemas.Topic;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * How long after its acknowledgement each event was visible. Any thread tells of acknowledgements, one
 * of what is visible; all moments are of one clock, in nanoseconds.
 */
final class VisibleEvents {
    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final int DIGITS = 3;

    private final List<Partition> partitions = IntStream.range(0, Topic.EVENTS.partitions())
            .mapToObj(partition -> new Partition())
            .toList();
    private final LongAdder acknowledged = new LongAdder();
    private final Histogram micros = new Histogram(LONGEST_MICROS, DIGITS);
    private final AtomicLong seen = new AtomicLong();

    /** An event that Kafka has. */
    private record Acknowledged(long offset, long nanos) {}

    /** Does not block. */
    void acknowledged(Position position, long nanos) {
        acknowledged.increment();
        partitions.get(position.partition()).fresh.add(new Acknowledged(position.offset(), nanos));
    }

    /**
     * All events of a partition below an offset are visible. To be told after every look, also when
     * nothing has moved.
     *
     * @param nanos when that was seen, not before the last time
     */
    void visible(int partition, long nextOffset, long nanos) {
        partitions.get(partition).visible(nextOffset, nanos);
    }

    /** How many acknowledged events have been visible. */
    long seen() {
        return seen.get();
    }

    /** How many have not been yet. Exact when no acknowledgements come any more. */
    long missing() {
        return acknowledged.sum() - seen.get();
    }

    /**
     * How many were acknowledged before a moment and have not been visible at the last look; for the
     * thread that looks.
     */
    long missingSince(long nanos) {
        return partitions.stream()
                .mapToLong(partition -> partition.missingSince(nanos))
                .sum();
    }

    /** When nobody looks any more. An event that was visible before its acknowledgement counts as 0. */
    Latency latency() {
        return Latency.of(micros);
    }

    /** Acknowledgements come in any order, and their events may be visible already. */
    private final class Partition {
        private final Queue<Acknowledged> fresh = new ConcurrentLinkedQueue<>();
        private final PriorityQueue<Acknowledged> waiting =
                new PriorityQueue<>(Comparator.comparingLong(Acknowledged::offset));
        private long lastOffset;
        private long lastNanos;

        void visible(long nextOffset, long nanos) {
            takeFresh();
            for (Acknowledged next = waiting.peek();
                    next != null && next.offset() < nextOffset;
                    next = waiting.peek()) {
                // One that came after the last look was visible then already.
                long since = next.offset() < lastOffset ? lastNanos : nanos;
                micros.recordValue(Math.min(LONGEST_MICROS, Math.max(0, since - next.nanos()) / 1_000));
                waiting.remove();
                seen.incrementAndGet();
            }
            lastOffset = nextOffset;
            lastNanos = nanos;
        }

        long missingSince(long nanos) {
            takeFresh();
            return waiting.stream().filter(event -> event.nanos() - nanos < 0).count();
        }

        private void takeFresh() {
            for (Acknowledged next = fresh.poll(); next != null; next = fresh.poll()) {
                waiting.add(next);
            }
        }
    }
}

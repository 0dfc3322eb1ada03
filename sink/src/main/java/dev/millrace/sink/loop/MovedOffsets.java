package dev.millrace.sink.loop;

import dev.millrace.sink.batch.OffsetRange;
import dev.millrace.sink.metrics.SinkMetrics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps count of how often somebody else moved the offset of a partition that is still ours. Once is
 * what a rebalance or a failover does; again and again means two groups on one database. The
 * partition then waits longer each time, until a write of its own succeeds. Not thread-safe.
 */
final class MovedOffsets {
    private static final Logger LOG = LoggerFactory.getLogger(MovedOffsets.class);

    /** This often within {@link #WINDOW_NANOS}, while the partition stayed ours, is no rebalance. */
    private static final int LIMIT = 3;

    private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();

    private final String topic;
    private final SinkMetrics metrics;
    private final Ticker ticker;
    private final Map<Integer, Rival> rivals = new HashMap<>();

    MovedOffsets(String topic, SinkMetrics metrics, Ticker ticker) {
        this.topic = topic;
        this.metrics = metrics;
        this.ticker = ticker;
    }

    /**
     * Somebody else moved the offset of a partition which is assigned to us.
     *
     * @return when to read its offset again, not before
     */
    long moved(int partition) {
        metrics.offsetsMoved();
        long now = ticker.nanoTime();
        Rival rival = rivals.computeIfAbsent(partition, first -> new Rival());
        rival.moves.removeIf(move -> now - move > WINDOW_NANOS);
        if (rival.moves.isEmpty()) {
            rival.alarmed = false;
        }
        rival.moves.add(now);
        if (rival.moves.size() >= LIMIT && (!rival.alarmed || now - rival.alarmNanos >= WINDOW_NANOS)) {
            rival.alarmed = true;
            rival.alarmNanos = now;
            LOG.error(
                    "another sink keeps moving our offsets, probably of another group: topic={} partition={}"
                            + " timesInTheLastMinute={}; nothing is lost or doubled, but both do the work; see that"
                            + " sink.group is the same for all sinks of this database; who writes to it:"
                            + " SELECT application_name, client_addr FROM pg_stat_activity WHERE usename ="
                            + " 'millrace_writer'",
                    topic,
                    partition,
                    rival.moves.size());
        }
        return now + rival.backoff.next().toNanos();
    }

    /** Writes of our own moved the offsets of these partitions. */
    void written(List<OffsetRange> ranges) {
        for (OffsetRange range : ranges) {
            Rival rival = rivals.get(range.partition());
            if (rival != null) {
                rival.backoff.reset();
            }
        }
    }

    /** What the group took away may come back from anybody. */
    void keepOnly(Set<Integer> assigned) {
        rivals.keySet().retainAll(assigned);
    }

    private static final class Rival {
        private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
        private final Deque<Long> moves = new ArrayDeque<>();
        private boolean alarmed;
        private long alarmNanos;
    }
}

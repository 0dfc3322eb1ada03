package dev.millrace.sink.loop;

import dev.millrace.sink.batch.OffsetRange;
import dev.millrace.sink.metrics.SinkMetrics;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Shows how far each assigned partition is behind, from the moment the database has said where it
 * stands until it is revoked. Whether it is paused or stopped then makes no difference: the log's end is
 * asked for beside the consumer, once a second. One that is stopped before it was ever read shows
 * nothing. For the loop's thread only; scrapes read what it left.
 */
public final class LagMeter {
    private static final long INTERVAL_NANOS = 1_000_000_000L;

    private final String topic;
    private final SinkMetrics metrics;
    private final LogEnds logEnds;
    private final Ticker ticker;
    private final Clock clock;
    private final Map<Integer, Shown> shown = new ConcurrentHashMap<>();
    private long askedNanos;

    /**
     * @param clock near to the broker's, since it is compared with append times
     */
    public LagMeter(String topic, SinkMetrics metrics, LogEnds logEnds, Ticker ticker, Clock clock) {
        this.topic = topic;
        this.metrics = metrics;
        this.logEnds = logEnds;
        this.ticker = ticker;
        this.clock = clock;
        askedNanos = ticker.nanoTime() - INTERVAL_NANOS;
    }

    /** Something was read, up to an offset. */
    void read(int partition, long next, List<ConsumerRecord<byte[], byte[]>> records) {
        Shown lag = shown.get(partition);
        if (lag != null) {
            lag.lag().read(next, records);
        }
    }

    /** A batch was stored. */
    void stored(List<OffsetRange> ranges) {
        for (OffsetRange range : ranges) {
            Shown lag = shown.get(range.partition());
            if (lag != null) {
                lag.lag().stored(range.end());
            }
        }
    }

    /** Follows the assignment. To be called after a partition was located, before it is read. */
    void step(Map<Integer, PartitionProgress> assigned) {
        hideOthers(assigned);
        assigned.values().stream().filter(PartitionProgress::isLocated).forEach(this::show);
        if (ticker.nanoTime() - askedNanos >= INTERVAL_NANOS && !shown.isEmpty()) {
            askedNanos = ticker.nanoTime();
            logEnds.ask(Map.copyOf(shown).keySet(), this::endsAt);
        }
        shown.values().forEach(each -> each.lag().step());
    }

    private void endsAt(int partition, long offset) {
        Shown lag = shown.get(partition);
        if (lag != null) {
            lag.lag().endsAt(offset);
        }
    }

    private void show(PartitionProgress progress) {
        int partition = progress.partition();
        Shown old = shown.get(partition);
        if (old == null || !old.lag().isOf(progress)) {
            if (old != null) {
                old.hide().run();
            }
            PartitionLag lag = new PartitionLag(progress, clock);
            shown.put(partition, new Shown(lag, metrics.showLag(topic, partition, lag::records, lag::seconds)));
        }
    }

    private void hideOthers(Map<Integer, PartitionProgress> assigned) {
        Iterator<Map.Entry<Integer, Shown>> each = shown.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<Integer, Shown> entry = each.next();
            if (!assigned.containsKey(entry.getKey())) {
                entry.getValue().hide().run();
                each.remove();
            }
        }
    }

    /**
     * @param hide takes its meters away
     */
    private record Shown(PartitionLag lag, Runnable hide) {}
}

package dev.millrace.sink.loop;

import dev.millrace.sink.batch.OffsetRange;
import dev.millrace.sink.metrics.SinkMetrics;
import dev.millrace.sink.write.StoredOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the database holds less than it had confirmed to us: a failover lost a tail, or
 * somebody put an older copy in its place. It only tells; the offset of the database holds. Not
 * thread-safe.
 */
final class Rewinds {
    private static final Logger LOG = LoggerFactory.getLogger(Rewinds.class);

    private final SinkMetrics metrics;
    private final Map<Integer, Long> confirmed = new HashMap<>();

    Rewinds(SinkMetrics metrics) {
        this.metrics = metrics;
    }

    /** The database has these. */
    void confirm(List<OffsetRange> ranges) {
        ranges.forEach(range -> confirmed.put(range.partition(), range.end()));
    }

    /** This is how much it has now. */
    void compare(List<StoredOffset> stored) {
        for (StoredOffset now : stored) {
            Long before = confirmed.put(now.partition(), now.nextOffset());
            if (before != null && now.nextOffset() < before) {
                long lost = before - now.nextOffset();
                LOG.warn(
                        "the database lost what it had confirmed, going back to its offset:"
                                + " partition={} records={} confirmedOffset={} storedOffset={}",
                        now.partition(),
                        lost,
                        before,
                        now.nextOffset());
                metrics.rewound(lost);
            }
        }
    }
}

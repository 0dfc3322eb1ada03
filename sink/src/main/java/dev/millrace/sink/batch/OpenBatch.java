package dev.millrace.sink.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The batch that is being filled, kept by partition, since partitions come and go. Not thread-safe. */
public final class OpenBatch {
    private final BatchLimits limits;
    private final SortedMap<Integer, Part> parts = new TreeMap<>();

    public OpenBatch(BatchLimits limits) {
        this.limits = limits;
    }

    /**
     * Adds what was read from one partition.
     *
     * @param range begins where the range of the partition that is held already ends
     * @param rows the records in it, in offset order
     */
    public void add(OffsetRange range, List<? extends Row> rows) {
        Part part = parts.computeIfAbsent(range.partition(), partition -> new Part());
        part.extend(range);
        rows.forEach(part::add);
    }

    /** Forgets a partition that somebody else may have now. */
    public void drop(int partition) {
        parts.remove(partition);
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Whether nothing more should be added. */
    public boolean isFull() {
        return parts.values().stream().mapToInt(Part::rows).sum() >= limits.maxRows()
                || parts.values().stream().mapToLong(part -> part.bytes).sum() >= limits.maxBytes();
    }

    /** Everything held, and starts anew. Must not be empty. */
    public Batch take() {
        List<OffsetRange> ranges = new ArrayList<>();
        List<EventRow> events = new ArrayList<>();
        List<RejectedRow> rejected = new ArrayList<>();
        for (Part part : parts.values()) {
            ranges.add(part.range());
            events.addAll(part.events);
            rejected.addAll(part.rejected);
        }
        parts.clear();
        return new Batch(ranges, events, rejected);
    }

    private static final class Part {
        private final List<EventRow> events = new ArrayList<>();
        private final List<RejectedRow> rejected = new ArrayList<>();
        private final List<OffsetRange> ranges = new ArrayList<>();
        private long bytes;

        void extend(OffsetRange next) {
            if (!ranges.isEmpty() && last().end() != next.start()) {
                throw new IllegalStateException("a hole between " + last() + " and " + next);
            }
            ranges.add(next);
        }

        void add(Row row) {
            bytes += row.size();
            if (row instanceof EventRow event) {
                events.add(event);
            } else if (row instanceof RejectedRow rejection) {
                rejected.add(rejection);
            }
        }

        int rows() {
            return events.size() + rejected.size();
        }

        OffsetRange range() {
            OffsetRange last = last();
            return new OffsetRange(
                    last.partition(),
                    ranges.get(0).start(),
                    last.end(),
                    last.leaderEpoch(),
                    last.lastAppendedAtMillis());
        }

        private OffsetRange last() {
            return ranges.get(ranges.size() - 1);
        }
    }
}

package dev.millrace.sink.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The batch that is being filled, kept by partition, since partitions come and go. Not thread-safe. */
public final class OpenBatch {
    private final BatchLimits limits;
    private final SortedMap<Integer, Part> parts = new TreeMap<>();
    private long rows;
    private long bytes;

    public OpenBatch(BatchLimits limits) {
        this.limits = limits;
    }

    /**
     * Adds what was read from one partition.
     *
     * @param range begins where the range of the partition that is held already ends
     * @param added the records in it, in offset order
     */
    public void add(OffsetRange range, List<? extends Row> added) {
        Part part = parts.computeIfAbsent(range.partition(), partition -> new Part());
        part.extend(range);
        bytes += part.add(added);
        rows += added.size();
    }

    /** Forgets a partition that somebody else may have now. */
    public void drop(int partition) {
        Part dropped = parts.remove(partition);
        if (dropped != null) {
            rows -= dropped.rows();
            bytes -= dropped.bytes;
        }
    }

    public boolean contains(int partition) {
        return parts.containsKey(partition);
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Whether nothing more should be added. */
    public boolean isFull() {
        return rows >= limits.maxRows() || bytes >= limits.maxBytes();
    }

    /** How long a batch may wait to become full. */
    public Duration maxAge() {
        return limits.maxAge();
    }

    /** Everything held, and starts anew. Must not be empty. */
    public Batch take() {
        List<OffsetRange> ranges = new ArrayList<>(parts.size());
        List<EventRow> events = new ArrayList<>(size(part -> part.events));
        List<RejectedRow> rejected = new ArrayList<>(size(part -> part.rejected));
        for (Part part : parts.values()) {
            ranges.add(part.range());
            events.addAll(part.events);
            rejected.addAll(part.rejected);
        }
        parts.clear();
        rows = 0;
        bytes = 0;
        return new Batch(ranges, events, rejected);
    }

    private int size(Function<Part, List<?>> rowsOf) {
        return parts.values().stream()
                .mapToInt(part -> rowsOf.apply(part).size())
                .sum();
    }

    private static final class Part {
        private final ArrayList<EventRow> events = new ArrayList<>();
        private final List<RejectedRow> rejected = new ArrayList<>();
        private final List<OffsetRange> ranges = new ArrayList<>();
        private long bytes;

        void extend(OffsetRange next) {
            if (!ranges.isEmpty() && last().end() != next.start()) {
                throw new IllegalStateException("a hole between " + last() + " and " + next);
            }
            ranges.add(next);
        }

        /** @return bytes of these rows */
        long add(List<? extends Row> added) {
            events.ensureCapacity(events.size() + added.size());
            long before = bytes;
            for (Row row : added) {
                bytes += row.size();
                if (row instanceof EventRow event) {
                    events.add(event);
                } else if (row instanceof RejectedRow rejection) {
                    rejected.add(rejection);
                }
            }
            return bytes - before;
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

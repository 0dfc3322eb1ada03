package dev.millrace.sink.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What one transaction writes.
 *
 * @param ranges one per Kafka partition, ordered by partition, at least one
 * @param events ordered by partition and offset
 * @param rejected ordered by partition and offset
 */
public record Batch(List<OffsetRange> ranges, List<EventRow> events, List<RejectedRow> rejected) {
    public Batch {
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("a batch without a range");
        }
    }

    /** The batch with one event turned into a rejection. */
    public Batch reject(EventRow bad, RejectedRow rejection) {
        List<EventRow> others = new ArrayList<>(events);
        others.remove(bad);
        List<RejectedRow> rejections = new ArrayList<>(rejected);
        rejections.add(rejection);
        return new Batch(ranges, others, rejections);
    }

    /** Whether every range is of one of these partitions; then nothing would be left without them. */
    public boolean isWithin(Set<Integer> partitions) {
        return ranges.stream().allMatch(range -> partitions.contains(range.partition()));
    }

    /** Whether it has nothing of a partition. */
    public boolean isWithout(int partition) {
        return ranges.stream().noneMatch(range -> range.partition() == partition);
    }

    /** The batch without some partitions, of which it must have others. */
    public Batch without(Set<Integer> partitions) {
        return new Batch(
                ranges.stream()
                        .filter(range -> !partitions.contains(range.partition()))
                        .toList(),
                events.stream()
                        .filter(row -> !partitions.contains(row.partition()))
                        .toList(),
                rejected.stream()
                        .filter(row -> !partitions.contains(row.partition()))
                        .toList());
    }

    @Override
    public String toString() {
        return "events=" + events.size() + " rejected=" + rejected.size() + " ranges=" + ranges;
    }
}

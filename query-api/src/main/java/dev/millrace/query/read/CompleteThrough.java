package dev.millrace.query.read;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How far a reader has seen: for each Kafka partition the last offset that is included. All records
 * up to there are visible, none after it, so this says exactly which events an answer can hold.
 *
 * @param bounds one for each partition, in the order of their numbers
 */
public record CompleteThrough(List<Bound> bounds) {
    public CompleteThrough {
        bounds = List.copyOf(bounds);
    }

    /** How many partitions are known. */
    public int partitions() {
        return bounds.size();
    }

    /** The bound of a partition; {@link Bound#NONE} for one that is not known. */
    public Bound of(int partition) {
        return partition < bounds.size() ? bounds.get(partition) : Bound.NONE;
    }

    /** Whether everything the other one includes is included here, too. */
    public boolean covers(CompleteThrough other) {
        return IntStream.range(0, other.partitions())
                .allMatch(partition ->
                        of(partition).offset() >= other.of(partition).offset());
    }

    /** For each partition the one that is further. */
    public CompleteThrough furthest(CompleteThrough other) {
        return merge(other, (mine, theirs) -> theirs.offset() >= mine.offset() ? theirs : mine);
    }

    /** Both put together partition by partition. */
    CompleteThrough merge(CompleteThrough other, BinaryOperator<Bound> choice) {
        int partitions = Math.max(partitions(), other.partitions());
        List<Bound> merged = new ArrayList<>(partitions);
        for (int partition = 0; partition < partitions; partition++) {
            merged.add(choice.apply(of(partition), other.of(partition)));
        }
        return new CompleteThrough(merged);
    }

    /** The offsets alone; the index is the partition. */
    long[] offsets() {
        return bounds.stream().mapToLong(Bound::offset).toArray();
    }

    /** A time that no included event is later than; null when there is none to be sure of. */
    @Nullable
    Instant latest() {
        Instant latest = null;
        for (Bound bound : bounds) {
            Instant appendedAt = bound.appendedAt();
            if (appendedAt == null && bound.offset() >= 0) {
                return null;
            }
            if (appendedAt != null && (latest == null || appendedAt.isAfter(latest))) {
                latest = appendedAt;
            }
        }
        return latest;
    }
}

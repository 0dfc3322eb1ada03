package dev.millrace.sink.simulator;

import dev.millrace.schemas.event.EncodedEvent;
import dev.millrace.schemas.event.RejectReason;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of the four tables, either all that are committed or those of one transaction. */
public final class Tables {
    /** Offsets by partition. */
    public final Map<Integer, OffsetRow> offsets = new TreeMap<>();

    /** Events by place. */
    public final Map<Place, StoredEvent> events = new TreeMap<>();

    public final Map<Place, StoredRejection> rejected = new TreeMap<>();

    /** Where each event id is kept. */
    public final Map<Identity, Place> identities = new HashMap<>();

    /** A Kafka coordinate. */
    public record Place(int partition, long offset) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return partition == other.partition
                    ? Long.compare(offset, other.offset)
                    : Integer.compare(partition, other.partition);
        }
    }

    public record Identity(UUID id, int partition) {}

    public record StoredEvent(long appendedAtMillis, byte @Nullable [] key, EncodedEvent event) {}

    public record StoredRejection(RejectReason reason, byte @Nullable [] key, byte @Nullable [] value) {}

    /**
     * A row of {@code sink_offset}.
     *
     * @param leaderEpoch -1 for none
     * @param lastAppendedAtMillis {@link Long#MIN_VALUE} for none
     */
    public record OffsetRow(
            long nextOffset, int leaderEpoch, long lastAppendedAtMillis, long stored, long duplicates, long rejected) {
        public static final OffsetRow NEW = new OffsetRow(0, -1, Long.MIN_VALUE, 0, 0, 0);
    }

    /** Takes over what a transaction wrote. */
    public void add(Tables transaction) {
        offsets.putAll(transaction.offsets);
        events.putAll(transaction.events);
        rejected.putAll(transaction.rejected);
        identities.putAll(transaction.identities);
    }

    public boolean isEmpty() {
        return offsets.isEmpty() && events.isEmpty() && rejected.isEmpty() && identities.isEmpty();
    }
}

package dev.millrace.sink.simulator;

import dev.millrace.sink.simulator.Entry.Fate;
import dev.millrace.sink.simulator.Tables.OffsetRow;
import dev.millrace.sink.simulator.Tables.Place;
import dev.millrace.sink.simulator.Tables.StoredEvent;
import dev.millrace.sink.simulator.Tables.StoredRejection;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks the log of a partition and compares it with the tables, up to the offset that these claim. */
public final class Oracle {
    private static final byte[] KEY = {'k'};

    private final Topic topic;
    private final Schedule schedule;

    public Oracle(Topic topic, Schedule schedule) {
        this.topic = topic;
        this.schedule = schedule;
    }

    /** The key that every record of the simulation has. */
    public static byte[] key() {
        return KEY;
    }

    /** Invariants 1 to 5 for one partition: below its next offset everything is as the log says, above it is nothing. */
    public void check(Tables tables, int partition) {
        OffsetRow row = tables.offsets.getOrDefault(partition, OffsetRow.NEW);
        Log log = topic.log(partition);
        if (row.nextOffset() > log.end()) {
            throw schedule.violated(
                    "partition " + partition + ": next_offset " + row.nextOffset() + " is past the log");
        }
        Map<Fate, Long> counts = new EnumMap<>(Fate.class);
        for (Entry entry : log.entries()) {
            boolean below = entry.offset() < row.nextOffset();
            checkEntry(tables, new Place(partition, entry.offset()), entry, below);
            if (below) {
                counts.merge(entry.fate(), 1L, Long::sum);
            }
        }
        checkRow(row, partition, log, counts);
    }

    /** Whether everything of the topic is stored. */
    public boolean isComplete(Tables tables) {
        for (int partition = 0; partition < topic.partitions(); partition++) {
            OffsetRow row = tables.offsets.get(partition);
            if (row == null || row.nextOffset() != topic.log(partition).end()) {
                return false;
            }
        }
        return true;
    }

    private void checkEntry(Tables tables, Place place, Entry entry, boolean below) {
        StoredEvent event = tables.events.get(place);
        StoredRejection rejection = tables.rejected.get(place);
        Fate expected = below ? entry.fate() : Fate.NOTHING;
        boolean right = (event != null) == (expected == Fate.STORED)
                && (rejection != null) == (expected == Fate.REJECTED)
                && (event == null || says(event, entry))
                && (rejection == null || says(rejection, entry));
        if (!right) {
            throw schedule.violated("rows and log disagree at " + place + " next_offset="
                    + tables.offsets.get(place.partition()) + ": the log says " + entry + ", stored is " + event + " "
                    + rejection);
        }
    }

    private static boolean says(StoredEvent event, Entry entry) {
        return event.appendedAtMillis() == entry.appendedAtMillis()
                && Arrays.equals(event.key(), KEY)
                && same(event.event().value(), entry.value());
    }

    private static boolean says(StoredRejection rejection, Entry entry) {
        return rejection.reason() == entry.reason()
                && Arrays.equals(rejection.key(), KEY)
                && same(rejection.value(), entry.value());
    }

    private static boolean same(byte @Nullable [] stored, byte @Nullable [] sent) {
        return Arrays.equals(stored, sent);
    }

    private void checkRow(OffsetRow row, int partition, Log log, Map<Fate, Long> counts) {
        Entry last = row.nextOffset() == 0 ? null : log.entries().get((int) row.nextOffset() - 1);
        OffsetRow expected = new OffsetRow(
                row.nextOffset(),
                last == null ? -1 : last.leaderEpoch(),
                last == null ? Long.MIN_VALUE : last.appendedAtMillis(),
                counts.getOrDefault(Fate.STORED, 0L),
                counts.getOrDefault(Fate.DUPLICATE, 0L),
                counts.getOrDefault(Fate.REJECTED, 0L));
        if (!row.equals(expected)) {
            throw schedule.violated("partition " + partition + ": " + row + " instead of " + expected);
        }
    }
}

package dev.millrace.compose.history;

import dev.millrace.compose.history.ExpectedRecord.Verdict;
import dev.millrace.schemas.Position;
import dev.millrace.schemas.event.RejectReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the tables must hold, computed from the topic alone: each partition is walked in the order of its
 * offsets, and the lowest offset of an id wins.
 */
final class ExpectedRecords {
    private final TopicDump dump;
    private final SortedMap<Integer, List<ExpectedRecord>> partitions = new TreeMap<>();

    ExpectedRecords(TopicDump dump, Gaps gaps) {
        this.dump = dump;
        dump.partitions().forEach((number, partition) -> partitions.put(number, walk(partition.records(), gaps)));
    }

    TopicDump dump() {
        return dump;
    }

    /** All records by partition and offset. */
    SortedMap<Integer, List<ExpectedRecord>> partitions() {
        return partitions;
    }

    /** The records of a partition, none if the topic has no such partition. */
    List<ExpectedRecord> of(int partition) {
        return partitions.getOrDefault(partition, List.of());
    }

    long count(int partition, Verdict verdict) {
        return of(partition).stream()
                .filter(record -> record.verdict() == verdict)
                .count();
    }

    /** The append time that the sink must have kept last; null if it had no record. */
    @Nullable
    Long lastAppendedAt(int partition) {
        List<ExpectedRecord> records = of(partition);
        for (int index = records.size() - 1; index >= 0; index--) {
            if (records.get(index).verdict() != Verdict.GAP) {
                return records.get(index).appendedAt();
            }
        }
        return null;
    }

    /** The index of a record in its partition, negative if the topic has none there. */
    int indexOf(Position position) {
        List<ExpectedRecord> records = of(position.partition());
        int low = 0;
        int high = records.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compare(records.get(middle).position().offset(), position.offset());
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** What the topic has at a place, for a message. */
    String describe(Position position) {
        int index = indexOf(position);
        if (index < 0) {
            return "the topic has no record there";
        }
        return "the record there is " + of(position.partition()).get(index);
    }

    private static List<ExpectedRecord> walk(List<TopicRecord> records, Gaps gaps) {
        List<ExpectedRecord> judged = new ArrayList<>(records.size());
        Map<UUID, EventDigest> first = new HashMap<>();
        long appendedAt = Long.MIN_VALUE;
        for (TopicRecord record : records) {
            if (gaps.contain(record.position())) {
                judged.add(new ExpectedRecord(record, Verdict.GAP, appendedAt, null));
            } else {
                appendedAt = Math.max(appendedAt, record.appendedAt());
                judged.add(judge(record, first, appendedAt));
            }
        }
        return judged;
    }

    private static ExpectedRecord judge(TopicRecord record, Map<UUID, EventDigest> first, long appendedAt) {
        EventDigest event = record.event();
        if (event == null) {
            return new ExpectedRecord(record, Verdict.REJECTED, appendedAt, record.invalid());
        }
        EventDigest kept = first.putIfAbsent(event.id(), event);
        if (kept == null) {
            return new ExpectedRecord(record, Verdict.STORED, appendedAt, null);
        }
        return kept.saysTheSameAs(event)
                ? new ExpectedRecord(record, Verdict.DUPLICATE, appendedAt, null)
                : new ExpectedRecord(record, Verdict.REJECTED, appendedAt, RejectReason.CONFLICT);
    }
}

package dev.millrace.compose.endtoend;

import dev.millrace.schemas.Topic;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The numbers of events by where they lie in the topic. Thread-safe. */
final class NumbersByPosition {
    static final int NOTHING = -1;

    private final int[][] numbers = new int[Topic.EVENTS.partitions()][0];
    private final int[] ends = new int[Topic.EVENTS.partitions()];

    /** Returns what was there before. */
    synchronized int put(int partition, long offset, int number) {
        int index = Math.toIntExact(offset);
        int[] old = numbers[partition];
        if (index >= old.length) {
            numbers[partition] = Arrays.copyOf(old, Math.max(1 << 12, 2 * index));
            Arrays.fill(numbers[partition], old.length, numbers[partition].length, NOTHING);
        }
        int before = numbers[partition][index];
        numbers[partition][index] = number;
        while (ends[partition] < numbers[partition].length && numbers[partition][ends[partition]] != NOTHING) {
            ends[partition]++;
        }
        return before;
    }

    synchronized int at(int partition, long offset) {
        return offset < numbers[partition].length ? numbers[partition][(int) offset] : NOTHING;
    }

    /** For each partition the last offset before the first that has nothing. */
    synchronized Map<Integer, Long> through() {
        Map<Integer, Long> through = new HashMap<>();
        for (int partition = 0; partition < ends.length; partition++) {
            through.put(partition, ends[partition] - 1L);
        }
        return through;
    }
}

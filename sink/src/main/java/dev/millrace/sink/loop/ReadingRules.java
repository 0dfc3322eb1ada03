package dev.millrace.sink.loop;

import dev.millrace.sink.batch.BatchLimits;

/**
 * What a worker reads, and how.
 *
 * @param breakerPercent how many of the last 100 records of a partition have to be refused for it to
 *     be stopped, 1 to 100; 0 for never
 * @param acceptGaps whether the gaps that are recorded when it starts are accepted
 */
public record ReadingRules(String topic, BatchLimits limits, int breakerPercent, boolean acceptGaps) {
    public ReadingRules {
        if (breakerPercent < 0 || breakerPercent > 100) {
            throw new IllegalArgumentException("breakerPercent=" + breakerPercent);
        }
    }
}

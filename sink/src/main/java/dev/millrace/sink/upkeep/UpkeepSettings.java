package dev.millrace.sink.upkeep;

import java.time.Duration;
import java.util.Optional;

/**
 * What the upkeep is told from outside.
 *
 * @param interval of the table partitions that are to be made
 * @param retention how long a partition is kept after its last append time; empty for ever
 */
public record UpkeepSettings(PartitionInterval interval, Optional<Duration> retention) {
    /** A partition a month, and nothing is ever removed. */
    public static final UpkeepSettings DEFAULT = new UpkeepSettings(PartitionInterval.MONTH, Optional.empty());
}

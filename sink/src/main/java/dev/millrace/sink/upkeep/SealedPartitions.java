package dev.millrace.sink.upkeep;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Freezes and analyses each partition once, when all readers of the log are past it: from then on no
 * vacuum has anything to do there. One that dies before it is marked is done again. Not thread-safe.
 */
final class SealedPartitions {
    private static final Logger LOG = LoggerFactory.getLogger(SealedPartitions.class);

    /** Records of two Kafka partitions come in no order, and a rewind goes back. */
    static final Duration MARGIN = Duration.ofHours(1);

    /** Slow enough to leave the disk to the batches: at most 100 MB of changed pages a second. */
    private static final String PACE = "SET vacuum_cost_delay = '2ms'; SET vacuum_cost_limit = 500";

    /**
     * Seals one partition.
     *
     * @param writtenUpTo before it nothing is written any more; empty if that is not known
     * @return whether there may be another
     */
    boolean step(Connection session, Optional<Instant> writtenUpTo) throws SQLException {
        if (writtenUpTo.isEmpty()) {
            return false;
        }
        Instant sealed = writtenUpTo.get().minus(MARGIN);
        for (TablePartition partition : TablePartition.attached(session)) {
            if (!partition.detaching() && !partition.until().isAfter(sealed) && !TableMark.SEALED.isOn(partition)) {
                try (Statement statement = session.createStatement()) {
                    statement.execute(PACE);
                    statement.execute("VACUUM (FREEZE, ANALYZE) " + partition.name());
                }
                TableMark.SEALED.put(session, partition);
                LOG.info("table partition is complete, frozen and analysed: table={}", partition.name());
                return true;
            }
        }
        return false;
    }
}

package dev.millrace.sink.upkeep;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that the partition after the one of now is there before the first event of it comes. Not thread-safe. */
final class PartitionsAhead {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionsAhead.class);

    private final PartitionInterval interval;
    private final PartitionMaker maker;
    private final Clock clock;
    private Instant madeUntil = Instant.MIN;

    PartitionsAhead(PartitionInterval interval, Clock clock) {
        this.interval = interval;
        this.clock = clock;
        maker = new PartitionMaker(interval);
    }

    /**
     * Makes what is missing of this interval and the next.
     *
     * @param session with automatic commit on
     */
    void step(Connection session) throws SQLException {
        Instant now = clock.instant();
        Instant next = interval.end(now);
        if (next.isBefore(madeUntil)) {
            return;
        }
        session.setAutoCommit(false);
        try {
            maker.make(session, now);
            TablePartition last = maker.make(session, next);
            session.commit();
            session.setAutoCommit(true);
            madeUntil = last.until();
            LOG.info("table partitions are there ahead: last={} until={}", last.name(), last.until());
        } catch (SQLException failure) {
            undo(session, failure);
            throw failure;
        }
    }

    private static void undo(Connection session, SQLException failure) {
        try {
            session.rollback();
            session.setAutoCommit(true);
        } catch (SQLException alreadyGone) {
            failure.addSuppressed(alreadyGone);
        }
    }
}

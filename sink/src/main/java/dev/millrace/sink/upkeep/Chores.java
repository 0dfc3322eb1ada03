package dev.millrace.sink.upkeep;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What may take minutes, so on a session besides the lane's, which only the leader has. */
final class Chores implements UpkeepThread.Step {
    private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

    /** A former leader may still be at a long statement; nobody begins beside it. */
    static final long ADVISORY_LOCK = 0x75706B6565706332L;

    /** How soon a table that has grown is analysed. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Between two pieces of a long work, so that batches have the disk for themselves in between. */
    private static final Duration BREATH = Duration.ofMillis(50);

    /** How long a partition may wait to be made ahead, sealed or removed. */
    private static final Duration ROUND = Duration.ofMinutes(1);

    private static final Duration STATEMENT_LIMIT = Duration.ofHours(6);

    /** A lock that somebody holds for long; it is for the next time. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** A partition of the log without records would hold everything up for ever. */
    private static final String WRITTEN_UP_TO =
            "SELECT min(last_appended_at) FROM sink_offset WHERE updated_at > now() - interval '1 day'";

    private final Lead lead;
    private final BooleanSupplier isLeading;
    private final LongSupplier nanoTime;
    private final Statistics statistics = new Statistics();
    private final SealedPartitions sealedPartitions = new SealedPartitions();
    private final PartitionsAhead partitionsAhead;
    private final Optional<Retention> retention;
    private long nextRound;

    /**
     * @param isLeading whether this process does the upkeep
     * @param clock of the append times
     */
    Chores(
            String ownerUrl,
            String name,
            UpkeepSettings settings,
            BooleanSupplier isLeading,
            LongSupplier nanoTime,
            Clock clock) {
        this.isLeading = isLeading;
        this.nanoTime = nanoTime;
        nextRound = nanoTime.getAsLong();
        lead = new Lead(ownerUrl, name, ADVISORY_LOCK, STATEMENT_LIMIT);
        partitionsAhead = new PartitionsAhead(settings.interval(), clock);
        retention = settings.retention().map(keep -> new Retention(keep, clock));
    }

    @Override
    public Duration run() throws SQLException {
        if (!isLeading.getAsBoolean()) {
            lead.close();
            return PAUSE;
        }
        if (!lead.isHeld()) {
            return PAUSE;
        }
        Connection session = lead.session();
        statistics.step(session);
        if (nanoTime.getAsLong() - nextRound < 0) {
            return PAUSE;
        }
        if (round(session)) {
            return BREATH;
        }
        nextRound = nanoTime.getAsLong() + ROUND.toNanos();
        return PAUSE;
    }

    @Override
    public void letGo() {
        lead.close();
    }

    /** Says whether there is more to do at once. */
    private boolean round(Connection session) throws SQLException {
        try {
            partitionsAhead.step(session);
            Optional<Instant> writtenUpTo = writtenUpTo(session);
            return (retention.isPresent() && retention.get().step(session, writtenUpTo))
                    || sealedPartitions.step(session, writtenUpTo);
        } catch (SQLException failure) {
            if (LOCK_NOT_AVAILABLE.equals(failure.getSQLState())) {
                LOG.info("upkeep waits for a lock that somebody holds: reason={}", failure.getMessage());
                return false;
            }
            throw failure;
        }
    }

    private static Optional<Instant> writtenUpTo(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(WRITTEN_UP_TO)) {
            row.next();
            return Optional.ofNullable(row.getObject(1, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
        }
    }
}

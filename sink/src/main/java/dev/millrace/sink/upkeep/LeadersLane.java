package dev.millrace.sink.upkeep;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What never waits for long: the lead among the sinks, the lane, and the size of the lists, which each sink shows. */
final class LeadersLane {
    private static final Logger LOG = LoggerFactory.getLogger(LeadersLane.class);

    /** Any fixed number, another than that of other locks. */
    static final long ADVISORY_LOCK = 0x75706B6565706C31L;

    /** How long a follower waits before it tries again to lead. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    private static final Duration MEASURE = Duration.ofSeconds(5);
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(30);

    private final String name;
    private final Lead lead;
    private final BooleanSupplier isAllowed;
    private final LongSupplier nanoTime;
    private final PendingLists pendingLists = new PendingLists();
    private final PendingListLane lane;
    private long measureNanos;
    private volatile boolean leading;

    /**
     * @param isAllowed whether the primary is the one to write to
     */
    LeadersLane(String ownerUrl, String name, BooleanSupplier isAllowed, LongSupplier nanoTime) {
        this.name = name;
        this.isAllowed = isAllowed;
        this.nanoTime = nanoTime;
        lead = new Lead(ownerUrl, name, ADVISORY_LOCK, STATEMENT_LIMIT);
        lane = new PendingListLane(nanoTime);
        measureNanos = nanoTime.getAsLong();
    }

    /** Whether this process does the upkeep for all sinks of the database. */
    boolean isLeading() {
        return leading;
    }

    /** Bytes that wait in the lists, not a number while it is not known. */
    double pendingBytes() {
        return pendingLists.bytes();
    }

    /** How often a list had grown long before its turn came. */
    double longLists() {
        return lane.longLists();
    }

    /** Takes the lead if it is free, and empties each list once; says how long to wait for the next time. */
    Duration run() throws SQLException {
        if (!isAllowed.getAsBoolean()) {
            letGo();
            return RETRY;
        }
        Connection session = lead.session();
        if (nanoTime.getAsLong() - measureNanos >= 0) {
            pendingLists.measure(session);
            measureNanos = nanoTime.getAsLong() + MEASURE.toNanos();
        }
        boolean held = lead.isHeld();
        if (held && !leading) {
            LOG.info("does the upkeep for all sinks of the database: session={}", name);
        }
        leading = held;
        return held ? lane.step(session) : RETRY;
    }

    /** Closes the session, and with it gives up the lead. Also for other threads. */
    void letGo() {
        leading = false;
        pendingLists.forget();
        lead.close();
    }
}

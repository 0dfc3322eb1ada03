package dev.millrace.sink.upkeep;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what waits in the pending lists of the GIN indexes on {@code event} to where queries find it
 * fast, so that no batch has to. Writers that append meanwhile wait for single pages only, and one that
 * finds its list full goes on if the list is being emptied here. One thread steps, others may ask.
 */
final class PendingListLane {
    private static final Logger LOG = LoggerFactory.getLogger(PendingListLane.class);

    /** Half of what a writer lets a list grow to before it empties the list in its transaction. */
    private static final long LONG_LIST_BYTES = 16L << 20;

    /**
     * What a list may grow to before it is emptied: a query reads that in 3 ms. Entries that come together
     * cost less, since many of them end in one place of the tree: see docs/benchmarks.md.
     */
    private static final long FULL_LIST_BYTES = 2L << 20;

    /** At 300 events a second a list grows by 70 kB in it; a query reads that in 0.1 ms. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final Duration INDEXES_AGE = Duration.ofSeconds(10);

    private static final String INDEXES =
            "SELECT indexrelid::bigint, current_setting('block_size')::int FROM (" + GinIndexes.OIDS + ") AS gin";

    /** Somebody else, an autovacuum, is at the same list, or a person ended the statement. */
    private static final Set<String> BUSY = Set.of("55P03", "57014");

    private final LongSupplier nanoTime;
    private List<Long> indexes = List.of();
    private long blockSize;
    private long indexesUntil;
    private long emptiedNanos;
    private boolean behind;
    private volatile long longLists;

    PendingListLane(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        indexesUntil = nanoTime.getAsLong();
        emptiedNanos = indexesUntil;
    }

    /** How often a list had grown long before its turn came. */
    long longLists() {
        return longLists;
    }

    /**
     * Empties each list once.
     *
     * @return how long to wait before the next time
     * @throws SQLException if the database did not do it, also when an index is just gone
     */
    Duration step(Connection session) throws SQLException {
        try {
            // Never silent, so that the end of the session, and of the lead with it, is noticed.
            if (indexes.isEmpty() || nanoTime.getAsLong() - indexesUntil >= 0) {
                findIndexes(session);
            }
            long longest = 0;
            for (long index : indexes) {
                longest = Math.max(longest, clean(session, index));
            }
            note(longest * blockSize);
            long now = nanoTime.getAsLong();
            Duration pause = pause(longest * blockSize, now - emptiedNanos);
            emptiedNanos = now;
            return pause;
        } catch (SQLException failure) {
            indexesUntil = nanoTime.getAsLong();
            throw failure;
        }
    }

    /**
     * How long it takes the list to fill up again, at most the usual pause.
     *
     * @param bytes that it held
     * @param nanos in which they came
     */
    static Duration pause(long bytes, long nanos) {
        if (bytes == 0) {
            return PAUSE;
        }
        double untilFull = (double) FULL_LIST_BYTES * nanos / bytes;
        return Duration.ofNanos((long) Math.min(untilFull, PAUSE.toNanos()));
    }

    private void findIndexes(Connection session) throws SQLException {
        List<Long> found = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(INDEXES)) {
            while (row.next()) {
                found.add(row.getLong(1));
                blockSize = row.getLong(2);
            }
        }
        indexes = found;
        indexesUntil = nanoTime.getAsLong() + INDEXES_AGE.toNanos();
    }

    /** The pages that the list had. */
    private static long clean(Connection session, long index) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement("SELECT gin_clean_pending_list(?::oid)")) {
            statement.setLong(1, index);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException failure) {
            if (BUSY.contains(failure.getSQLState())) {
                return 0;
            }
            throw failure;
        }
    }

    private void note(long longestBytes) {
        if (longestBytes >= LONG_LIST_BYTES) {
            longLists++;
            if (!behind) {
                LOG.warn("pending list grows faster than it is emptied: bytes={}", longestBytes);
            }
            behind = true;
        } else if (behind && longestBytes < LONG_LIST_BYTES / 2) {
            LOG.info("pending lists are short again");
            behind = false;
        }
    }
}

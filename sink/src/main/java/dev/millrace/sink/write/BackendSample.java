package dev.millrace.sink.write;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/**
 * What the server says about one of its processes, and about what else is at work at that moment.
 *
 * @param waitType kind of the wait event, empty while the process computes
 * @param waitEvent the wait event, empty while the process computes
 * @param blockers kinds of the processes that hold the lock it waits for
 * @param cleansPendingList whether it moves the pending list of a GIN index into the tree
 * @param otherCleansPendingList whether another process does
 * @param isCheckpointing whether the checkpointer writes or syncs
 * @param isVacuuming whether any vacuum runs in this database
 * @param isAnalyzing whether any ANALYZE runs in this database
 */
record BackendSample(
        String waitType,
        String waitEvent,
        String blockers,
        boolean cleansPendingList,
        boolean otherCleansPendingList,
        boolean isCheckpointing,
        boolean isVacuuming,
        boolean isAnalyzing) {
    /** An exclusive lock on one page is what a GIN index is cleaned under; nothing else takes one. */
    private static final String LOOK = """
            WITH cleaning AS MATERIALIZED (
                SELECT pid FROM pg_locks WHERE locktype = 'page' AND mode = 'ExclusiveLock' AND granted)
            SELECT coalesce(wait_event_type, ''), coalesce(wait_event, ''),
                   coalesce((SELECT string_agg(coalesce(backend_type, 'other'), ',')
                             FROM unnest(pg_blocking_pids(me.pid)) AS pid JOIN pg_stat_activity USING (pid)), ''),
                   EXISTS (SELECT FROM cleaning WHERE pid = me.pid),
                   EXISTS (SELECT FROM cleaning WHERE pid <> me.pid),
                   EXISTS (SELECT FROM pg_stat_activity
                           WHERE backend_type = 'checkpointer' AND wait_event_type = 'IO'),
                   EXISTS (SELECT FROM pg_stat_progress_vacuum WHERE datname = current_database()),
                   EXISTS (SELECT FROM pg_stat_progress_analyze WHERE datname = current_database())
            FROM pg_stat_activity AS me
            WHERE pid = ? AND state <> 'idle'
            """;

    /** Looks once; empty if the process is gone or has nothing to do. */
    static Optional<BackendSample> take(Connection connection, int backendPid) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
            statement.setInt(1, backendPid);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(of(row)) : Optional.empty();
            }
        }
    }

    boolean isBlocked() {
        return !blockers.isEmpty() || waitType.equals("Lock");
    }

    boolean isOfWal() {
        return waitEvent.toUpperCase(Locale.ROOT).startsWith("WAL");
    }

    boolean isAnalyzeOnly() {
        return isAnalyzing && !isVacuuming;
    }

    /** As Postgres names it, {@code type:event}. */
    String waitName() {
        return waitType.isEmpty() ? "none" : waitType + ":" + waitEvent;
    }

    private static BackendSample of(ResultSet row) throws SQLException {
        return new BackendSample(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                row.getBoolean(5),
                row.getBoolean(6),
                row.getBoolean(7),
                row.getBoolean(8));
    }
}

package dev.millrace.query.read;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A question for the events of a page that is asked before it is known what is stored, so that both go
 * to the server together. The sink stores offsets with the events below them, so what a snapshot shows
 * is what lies below the offsets of the same snapshot.
 *
 * @param sql asks for the page
 * @param horizon leaves out the table partitions that lie ahead of all events; null if the walk does
 */
record EarlyQuestion(Sql sql, @Nullable Instant horizon) {
    /** How much later than all that was seen before an event may be. */
    private static final Duration MARGIN = Duration.ofHours(1);

    /**
     * Null where it has to be known first what is stored, and where the answer may be to wait.
     *
     * @param seen what was stored some time ago; null if that is not known
     */
    static @Nullable EarlyQuestion of(PageRequest request, Attempt attempt, @Nullable StoredOffsets seen) {
        if (seen == null || !request.waitFor().positions().isEmpty()) {
            return null;
        }
        Cursor cursor = request.cursor();
        int rows = request.limit() + 1;
        long planned = attempt.plannedRows(rows, seen.events());
        if (cursor != null) {
            boolean begins = cursor.walk().isYetToBegin();
            Sql sql = begins ? null : EventQuery.page(cursor.walk(), request.filter(), request.order(), rows, planned);
            return sql == null ? null : new EarlyQuestion(sql, null);
        }
        Instant newest = seen.through().latest();
        if (newest == null) {
            return null;
        }
        Instant horizon = newest.plus(MARGIN);
        return new EarlyQuestion(EventQuery.begin(horizon, request.filter(), request.order(), planned), horizon);
    }

    /**
     * Reads the answer. Null if it is not the page: events lie beyond the horizon, or above the offsets, as after
     * an operator has put those back.
     */
    @Nullable
    EventRows read(ResultSet rows, int limit, Walk walk) throws SQLException {
        Instant latest = walk.through().latest();
        if (horizon != null && (latest == null || latest.isAfter(horizon))) {
            return null;
        }
        EventRows read = EventRows.read(rows, limit);
        return read.areWithin(walk.through()) ? read : null;
    }
}

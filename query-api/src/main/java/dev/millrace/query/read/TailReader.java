package dev.millrace.query.read;

import java.sql.Connection;
import java.sql.SQLException;

/** Reads what was stored behind a position, whatever it is. Thread-safe. */
public final class TailReader {
    private final Replica replica;

    public TailReader(Replica replica) {
        this.replica = replica;
    }

    /**
     * Behind everything that is stored.
     *
     * @throws ReadException if the replica gave no answer
     */
    public StreamPosition now() {
        StoredOffsets stored = replica.read(StoredOffsets::read);
        return new StreamPosition(stored.topicId(), stored.through());
    }

    /**
     * The next events, from one snapshot. A replica that is behind the position, as one that was
     * rebuilt can be, has nothing new until it has caught up.
     *
     * @param rows most events
     * @throws ReadException if the replica gave no answer
     */
    public TailAnswer read(StreamPosition from, int rows) {
        return replica.read(connection -> read(connection, from, rows));
    }

    private static TailAnswer read(Connection connection, StreamPosition from, int rows) throws SQLException {
        StoredOffsets stored = StoredOffsets.read(connection);
        if (!from.isOf(stored.topicId())) {
            return new TailAnswer.Gone(EventReader.MADE_AGAIN);
        }
        StreamPosition known = from.in(stored.topicId());
        Walk.Following walk = new Walk.Following(known.seen(), stored.through());
        Sql sql = EventQuery.page(walk, EventFilter.ALL, Order.ASC, rows + 1, rows + 1);
        if (sql == null) {
            return new TailAnswer.News(EventRows.NONE.events(), known, false);
        }
        EventRows found = EventRows.read(connection, sql, rows);
        if (RetainedData.isMissingFrom(walk, stored.through(), connection)) {
            return new TailAnswer.Gone(EventReader.NOT_RETAINED);
        }
        CompleteThrough seen = found.more() ? walk.after(found.events()).from() : walk.end();
        return new TailAnswer.News(found.events(), new StreamPosition(known.topicId(), seen), found.more());
    }
}

package dev.millrace.query.read;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of {@link EventQuery}, at most as many as were asked for and as many as fit into
 * memory.
 *
 * @param events in the order they came
 * @param more whether rows were left
 */
record EventRows(List<StoredEvent> events, boolean more) {
    /** A page holds no event beyond the one that reaches this, in characters of JSON. */
    static final long PAGE_CHARACTERS = 8L << 20;

    /** Rows that are fetched before their size is known: some 34 MiB if each is as large as can be. */
    private static final int FIRST_FETCH = 32;

    static final EventRows NONE = new EventRows(List.of(), false);

    /** The first coordinates, or null. */
    static @Nullable OrderKey firstPlace(Connection connection, Sql sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? place(rows) : null;
        }
    }

    /**
     * Reads a page.
     *
     * @param sql asks for one row more than {@code limit}, to see whether there is one, or for more
     */
    static EventRows read(Connection connection, Sql sql, int limit) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection)) {
            statement.setFetchSize(firstFetch(limit));
            try (ResultSet rows = statement.executeQuery()) {
                return read(rows, limit);
            }
        }
    }

    /** Rows to fetch before their size is known, for a page of so many. */
    static int firstFetch(int limit) {
        return Math.min(limit + 1, FIRST_FETCH);
    }

    /** The same from a result that was fetched {@link #firstFetch} at a time. */
    static EventRows read(ResultSet rows, int limit) throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        long characters = 0;
        while (rows.next()) {
            if (events.size() == limit || characters >= PAGE_CHARACTERS) {
                return new EventRows(events, true);
            }
            StoredEvent event = event(rows);
            events.add(event);
            characters += event.payload().length() + event.metadata().length();
            if (events.size() == FIRST_FETCH) {
                rows.setFetchSize(nextFetch(characters, limit));
            }
        }
        return new EventRows(events, false);
    }

    /** As many rows as fill the page if they are like the first ones. */
    private static int nextFetch(long characters, int limit) {
        long fitting = PAGE_CHARACTERS / (characters / FIRST_FETCH + 1);
        return (int) Math.min(Math.max(FIRST_FETCH, fitting), limit + 1L - FIRST_FETCH);
    }

    /** Whether none of them lies beyond. */
    boolean areWithin(CompleteThrough through) {
        for (StoredEvent event : events) {
            if (event.place().offset() > through.of(event.place().partition()).offset()) {
                return false;
            }
        }
        return true;
    }

    private static StoredEvent event(ResultSet rows) throws SQLException {
        return new StoredEvent(
                place(rows),
                rows.getObject(4, UUID.class),
                rows.getString(5),
                rows.getString(6),
                instant(rows, 7),
                rows.getString(8),
                rows.getString(9));
    }

    private static OrderKey place(ResultSet rows) throws SQLException {
        return new OrderKey(instant(rows, 3), rows.getInt(1), rows.getLong(2));
    }

    private static Instant instant(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }
}

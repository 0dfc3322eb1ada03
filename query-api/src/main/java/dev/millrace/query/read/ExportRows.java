package dev.millrace.query.read;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of {@link ExportQuery} came to.
 *
 * @param count how many were read
 * @param last where the last one stands; null when there was none
 * @param more whether the sink was full or the limit reached, so that rows may be left
 */
record ExportRows(int count, @Nullable OrderKey last, boolean more) {
    /**
     * Rows that are fetched at a time. They are in memory together, however large each turns out to
     * be: 136 MiB if all are as large as an event can be after rows that were small.
     */
    private static final int LEAST_FETCH = 16;

    private static final int MOST_FETCH = 128;

    /** What the rows of a fetch come to, if they are like those of the fetch before. */
    private static final int FETCH_BYTES = 4 << 20;

    /** Hands rows to a sink until it is full. */
    static ExportRows read(Connection connection, Sql sql, int limit, EventSink sink) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection)) {
            statement.setFetchSize(LEAST_FETCH);
            try (ResultSet rows = statement.executeQuery()) {
                return read(rows, limit, sink);
            }
        }
    }

    private static ExportRows read(ResultSet rows, int limit, EventSink sink) throws SQLException {
        int count = 0;
        int nextFetch = LEAST_FETCH;
        int largest = 1;
        PrintedEvent last = null;
        boolean room = true;
        while (room && rows.next()) {
            last = event(rows);
            room = sink.add(last);
            largest = Math.max(largest, last.size());
            count++;
            if (count == nextFetch) {
                int fetch = Math.max(LEAST_FETCH, Math.min(MOST_FETCH, FETCH_BYTES / largest));
                rows.setFetchSize(fetch);
                nextFetch += fetch;
                largest = 1;
            }
        }
        return new ExportRows(count, last == null ? null : place(last), !room || count == limit);
    }

    private static PrintedEvent event(ResultSet rows) throws SQLException {
        return new PrintedEvent(
                rows.getBytes(1),
                rows.getBytes(2),
                rows.getBytes(3),
                rows.getBytes(4),
                rows.getBytes(5),
                rows.getBytes(6),
                rows.getBytes(7),
                rows.getBytes(8),
                rows.getBytes(9));
    }

    private static OrderKey place(PrintedEvent event) {
        String time = text(event.appendedAt()).replace(' ', 'T').replace("+00", "Z");
        return new OrderKey(
                Instant.parse(time), Integer.parseInt(text(event.partition())), Long.parseLong(text(event.offset())));
    }

    private static String text(byte[] ascii) {
        return new String(ascii, StandardCharsets.US_ASCII);
    }
}

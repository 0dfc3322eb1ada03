package dev.millrace.sink.reject;

import dev.millrace.sink.reject.RejectedEvent.Place;
import dev.millrace.sink.upkeep.Lead;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The table {@code rejected_event} on the owner's connection, of which there is one. The leader holds a
 * lock of the session, so its end, however it comes, makes room for the next. Not thread-safe.
 */
final class RejectedEventTable implements Outbox {
    /** Any fixed number, another than that of other upkeep. */
    private static final long ADVISORY_LOCK = 0x72656A6563746564L;

    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(10);

    /** A chunk has at most these bytes more than its last event. */
    private static final long CHUNK_BYTES = 2 << 20;

    private static final int CHUNK_EVENTS = 500;

    /** Sizes are known without reading the values, which lie outside the row. */
    private static final String NEXT = """
            SELECT topic, kafka_partition, kafka_offset, reason, detail, key, value, headers, rejected_at::text
            FROM (
                SELECT *, sum(bytes) OVER (ORDER BY rejected_at, topic, kafka_partition, kafka_offset) - bytes AS before
                FROM (
                    SELECT *, coalesce(octet_length(key), 0) + coalesce(octet_length(value), 0)
                        + octet_length(headers::text) AS bytes
                    FROM rejected_event
                    WHERE published_at IS NULL AND rejected_at >= ?::timestamptz
                    AND (rejected_at, topic, kafka_partition, kafka_offset) > (?::timestamptz, ?, ?, ?)
                    ORDER BY rejected_at, topic, kafka_partition, kafka_offset
                    LIMIT %d) AS waiting) AS measured
            WHERE before <= %d
            ORDER BY rejected_at, topic, kafka_partition, kafka_offset""".formatted(CHUNK_EVENTS, CHUNK_BYTES);

    private static final String MARK = "UPDATE rejected_event SET published_at = now()"
            + " WHERE topic = ? AND kafka_partition = ? AND kafka_offset = ? AND published_at IS NULL";

    private static final String BACKLOG = """
            SELECT count(*), coalesce(extract(epoch FROM now() - min(rejected_at)), 0)
            FROM (SELECT rejected_at FROM rejected_event WHERE published_at IS NULL ORDER BY rejected_at LIMIT %d)
                AS waiting""".formatted(Backlog.MOST);

    private static final Cursor BEGINNING = new Cursor("-infinity", new Place("", 0, 0));

    private final Lead lead;
    private Cursor cursor = BEGINNING;

    /**
     * @param ownerUrl JDBC address of the primary with the owner's credentials
     * @param name shown as {@code application_name}
     */
    RejectedEventTable(String ownerUrl, String name) {
        lead = new Lead(ownerUrl, name, ADVISORY_LOCK, STATEMENT_LIMIT);
    }

    @Override
    public boolean isLeader() {
        return ask(session -> lead.isHeld());
    }

    @Override
    public void rewind() {
        cursor = BEGINNING;
    }

    @Override
    public List<RejectedEvent> next() {
        return ask(session -> {
            List<RejectedEvent> events = new ArrayList<>();
            Cursor end = cursor;
            try (PreparedStatement statement = session.prepareStatement(NEXT)) {
                statement.setString(1, cursor.rejectedAt());
                statement.setString(2, cursor.rejectedAt());
                setPlace(statement, 3, cursor.place());
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        RejectedEvent event = event(row);
                        events.add(event);
                        end = new Cursor(row.getString(9), event.place());
                    }
                }
            }
            cursor = end;
            return events;
        });
    }

    @Override
    public void markPublished(List<Place> published) {
        ask(session -> {
            try (PreparedStatement statement = session.prepareStatement(MARK)) {
                for (Place place : published) {
                    setPlace(statement, 1, place);
                    statement.addBatch();
                }
                return statement.executeBatch();
            }
        });
    }

    @Override
    public Backlog backlog() {
        return ask(session -> {
            try (Statement statement = session.createStatement();
                    ResultSet row = statement.executeQuery(BACKLOG)) {
                row.next();
                return new Backlog(row.getLong(1), Duration.ofMillis((long) (row.getDouble(2) * 1_000)));
            }
        });
    }

    /** Without a word to the server, which may not answer. */
    @Override
    public void close() {
        lead.close();
        cursor = BEGINNING;
    }

    private <T> T ask(Question<T> question) {
        try {
            return question.ask(lead.session());
        } catch (SQLException failure) {
            close();
            // Of a batch, the first exception only quotes the statement.
            SQLException reason = failure.getNextException() == null ? failure : failure.getNextException();
            throw new OutboxException(reason.getMessage() + " sqlState=" + reason.getSQLState(), failure);
        }
    }

    private static RejectedEvent event(ResultSet row) throws SQLException {
        return new RejectedEvent(
                new Place(row.getString(1), row.getInt(2), row.getLong(3)),
                row.getString(4),
                row.getString(5),
                row.getBytes(6),
                row.getBytes(7),
                StoredHeaders.parse(row.getString(8)));
    }

    private static void setPlace(PreparedStatement statement, int first, Place place) throws SQLException {
        statement.setString(first, place.topic());
        statement.setInt(first + 1, place.partition());
        statement.setLong(first + 2, place.offset());
    }

    /** The last event that was read; the time as text, which loses nothing of it. */
    private record Cursor(String rejectedAt, Place place) {}

    private interface Question<T> {
        T ask(Connection session) throws SQLException;
    }
}

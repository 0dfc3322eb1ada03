package dev.millrace.sink.write;

import dev.millrace.schemas.Position;
import dev.millrace.schemas.event.EncodedEvent;
import dev.millrace.schemas.event.RejectReason;
import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.batch.RejectedRow;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * The careful path, for a batch in which events repeat. The lowest offset of an id wins; a later one
 * is a duplicate if it says the same, else a conflict. Not thread-safe.
 */
final class InsertRowWriter implements RowWriter {
    /** Sorted, so that of two equal ids in the batch the lower offset is inserted first. */
    private static final String INSERT_IDENTITIES = """
            INSERT INTO event_identity (event_id, kafka_partition, kafka_offset, appended_at)
            SELECT event_id, kafka_partition, kafka_offset,
                   timestamptz 'epoch' + appended_at * interval '1 millisecond'
            FROM unnest(?::uuid[], ?::int[], ?::bigint[], ?::bigint[])
                 AS row (event_id, kafka_partition, kafka_offset, appended_at)
            ORDER BY event_id, kafka_partition, kafka_offset
            ON CONFLICT DO NOTHING
            RETURNING kafka_partition, kafka_offset
            """;

    /** An identity whose event retention has removed has nothing left to compare: a duplicate. */
    private static final String COMPARE_REPEATS = """
            SELECT kept.kafka_offset,
                   coalesce(event.event_type = row.event_type AND event.payload = row.payload::jsonb, true)
            FROM unnest(?::uuid[], ?::int[], ?::text[], ?::text[])
                 WITH ORDINALITY AS row (event_id, kafka_partition, event_type, payload, line)
            JOIN event_identity kept USING (event_id, kafka_partition)
            LEFT JOIN event USING (kafka_partition, kafka_offset, appended_at)
            ORDER BY row.line
            """;

    private final CopyRowWriter copy;

    InsertRowWriter(CopyRowWriter copy) {
        this.copy = copy;
    }

    @Override
    public Verdicts write(Connection connection, Batch batch) throws SQLException {
        Verdicts verdicts = writeEvents(connection, batch.events());
        copy.copyRejected(connection, verdicts.rejectedAnd(batch.rejected()));
        return verdicts;
    }

    /** Writes events alone; what becomes of the rejected ones among them is the caller's business. */
    Verdicts writeEvents(Connection connection, List<EventRow> events) throws SQLException {
        Set<Position> first = insertIdentities(connection, events);
        List<EventRow> winners = new ArrayList<>();
        List<EventRow> repeats = new ArrayList<>();
        for (EventRow row : events) {
            (first.contains(new Position(row.partition(), row.offset())) ? winners : repeats).add(row);
        }
        copy.copyEvents(connection, winners);
        return judge(connection, repeats);
    }

    private static Set<Position> insertIdentities(Connection connection, List<EventRow> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_IDENTITIES)) {
            bind(connection, statement, 1, "uuid", rows, row -> row.event().eventId());
            bind(connection, statement, 2, "int4", rows, EventRow::partition);
            bind(connection, statement, 3, "int8", rows, EventRow::offset);
            bind(connection, statement, 4, "int8", rows, EventRow::appendedAtMillis);
            Set<Position> inserted = new HashSet<>();
            try (ResultSet positions = statement.executeQuery()) {
                while (positions.next()) {
                    inserted.add(new Position(positions.getInt(1), positions.getLong(2)));
                }
            }
            return inserted;
        }
    }

    private static Verdicts judge(Connection connection, List<EventRow> repeats) throws SQLException {
        if (repeats.isEmpty()) {
            return Verdicts.NONE;
        }
        List<EventRow> duplicates = new ArrayList<>();
        List<RejectedRow> conflicts = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COMPARE_REPEATS)) {
            bind(connection, statement, 1, "uuid", repeats, row -> row.event().eventId());
            bind(connection, statement, 2, "int4", repeats, EventRow::partition);
            bind(connection, statement, 3, "text", repeats, row -> typeOf(row.event()));
            bind(connection, statement, 4, "text", repeats, row -> payloadOf(row.event()));
            try (ResultSet verdicts = statement.executeQuery()) {
                for (EventRow row : repeats) {
                    verdicts.next();
                    if (verdicts.getBoolean(2)) {
                        duplicates.add(row);
                    } else {
                        conflicts.add(conflict(row, verdicts.getLong(1)));
                    }
                }
            }
        }
        return new Verdicts(duplicates, conflicts);
    }

    private static RejectedRow conflict(EventRow row, long keptOffset) {
        UUID id = row.event().eventId();
        return new RejectedRow(
                row.partition(),
                row.offset(),
                RejectReason.CONFLICT,
                "event_id " + id + " is at " + new Position(row.partition(), keptOffset)
                        + " with another type or payload",
                row.key(),
                row.event().value(),
                row.headers());
    }

    private static <T> void bind(
            Connection connection,
            PreparedStatement statement,
            int parameter,
            String type,
            List<EventRow> rows,
            Function<EventRow, T> column)
            throws SQLException {
        statement.setArray(
                parameter,
                connection.createArrayOf(type, rows.stream().map(column).toArray()));
    }

    private static String typeOf(EncodedEvent event) {
        return new String(event.value(), event.typeOffset(), event.typeLength(), StandardCharsets.UTF_8);
    }

    private static String payloadOf(EncodedEvent event) {
        return new String(event.value(), event.payloadOffset(), event.payloadLength(), StandardCharsets.UTF_8);
    }
}

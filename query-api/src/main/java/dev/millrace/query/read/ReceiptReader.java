package dev.millrace.query.read;

import dev.millrace.query.read.ReceiptAnswer.NoPartition;
import dev.millrace.query.read.ReceiptAnswer.NothingLeft;
import dev.millrace.query.read.ReceiptAnswer.Receipt;
import dev.millrace.query.read.ReceiptAnswer.State;
import dev.millrace.schemas.Position;
import dev.millrace.schemas.event.EventCodec;
import dev.millrace.schemas.event.InvalidEventException;
import dev.millrace.schemas.event.RejectReason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what has become of a record, from its receipt. Thread-safe.
 *
 * <p>A duplicate leaves no row. It is told by what is missing: the sink has passed the position, no
 * event, rejection or gap is there, and the partition has an earlier event. Which event it repeated is
 * not stored anywhere. The offsets of a producer's transactions, which hold no record of its own, look
 * the same; no producer is given one as a receipt.
 */
public final class ReceiptReader {
    private final Replica replica;

    public ReceiptReader(Replica replica) {
        this.replica = replica;
    }

    /**
     * Everything in one snapshot: a record that is not pending in it has all its rows in it.
     *
     * @throws ReadException if the replica gave no answer
     */
    public ReceiptAnswer read(Position position) {
        return replica.read(connection -> read(connection, position));
    }

    private static ReceiptAnswer read(Connection connection, Position position) throws SQLException {
        CompleteThrough through = StoredOffsets.read(connection).through();
        if (position.partition() >= through.partitions()) {
            return new NoPartition();
        }
        if (position.offset() > through.of(position.partition()).offset()) {
            return Receipt.of(State.PENDING);
        }
        UUID eventId = first(connection, ReceiptQuery.event(position), row -> row.getObject(1, UUID.class));
        if (eventId != null) {
            return Receipt.stored(eventId);
        }
        Rejection rejection = first(connection, ReceiptQuery.rejected(position), Rejection::of);
        return rejection == null ? withoutRow(connection, position) : rejected(connection, position, rejection);
    }

    private static ReceiptAnswer withoutRow(Connection connection, Position position) throws SQLException {
        String reason = first(connection, ReceiptQuery.gap(position), row -> row.getString(1));
        if (reason != null) {
            return Receipt.of(State.GAP, reason);
        }
        // Retention takes the earliest events of a partition first: with one before it left, it is no
        // event that was removed. And what repeats an event comes after it.
        Long earlier = first(connection, ReceiptQuery.earlier(position), row -> row.getLong(1));
        return earlier == null ? new NothingLeft() : Receipt.of(State.DUPLICATE);
    }

    private static Receipt rejected(Connection connection, Position position, Rejection rejection) throws SQLException {
        UUID eventId = rejection.eventId().orElse(null);
        Long kept = eventId == null || !rejection.isConflict()
                ? null
                : first(connection, ReceiptQuery.kept(eventId, position), row -> row.getLong(1));
        return new Receipt(
                State.REJECTED,
                eventId,
                rejection.reason(),
                kept == null ? null : new Position(position.partition(), kept));
    }

    private static <T> @Nullable T first(Connection connection, Sql sql, Row<T> row) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? row.read(rows) : null;
        }
    }

    /** Reads the row that a result stands at. */
    private interface Row<T> {
        @Nullable
        T read(ResultSet row) throws SQLException;
    }

    /** A row of {@code rejected_event}. */
    private record Rejection(String reason, byte @Nullable [] value) {
        static Rejection of(ResultSet row) throws SQLException {
            return new Rejection(row.getString(1), row.getBytes(2));
        }

        boolean isConflict() {
            return RejectReason.CONFLICT.label().equals(reason);
        }

        /** Empty for bytes that are no event. */
        Optional<UUID> eventId() {
            try {
                return Optional.of(new EventCodec().decode(value).eventId());
            } catch (InvalidEventException noEvent) {
                return Optional.empty();
            }
        }
    }
}

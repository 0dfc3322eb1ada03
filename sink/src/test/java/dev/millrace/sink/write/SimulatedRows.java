package dev.millrace.sink.write;

import dev.millrace.schemas.event.EncodedEvent;
import dev.millrace.schemas.event.RejectReason;
import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.batch.RejectedRow;
import dev.millrace.sink.simulator.Content;
import dev.millrace.sink.simulator.Tables;
import dev.millrace.sink.simulator.Tables.Identity;
import dev.millrace.sink.simulator.Tables.Place;
import dev.millrace.sink.simulator.Tables.StoredEvent;
import dev.millrace.sink.simulator.Tables.StoredRejection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What COPY and INSERT do in Postgres to the rows of one transaction, unique keys and refusals included. */
final class SimulatedRows {
    private static final String UNIQUE_VIOLATION = "23505";

    private final Tables committed;
    private final Tables transaction;

    SimulatedRows(Tables committed, Tables transaction) {
        this.committed = committed;
        this.transaction = transaction;
    }

    void copyIdentities(Batch batch) throws SQLException {
        for (EventRow row : batch.events()) {
            insert("event_identity", tables -> tables.identities, identity(row), place(row));
        }
    }

    /** The rows whose identity is there, without those of the batch itself. */
    List<EventRow> repeats(Batch batch) {
        return batch.events().stream()
                .filter(row -> isThere(tables -> tables.identities, identity(row)))
                .toList();
    }

    /** @return the rows whose identity was there already */
    List<EventRow> insertIdentities(Batch batch) throws SQLException {
        List<EventRow> repeats = new ArrayList<>();
        for (EventRow row : batch.events()) {
            if (isThere(tables -> tables.identities, identity(row))) {
                repeats.add(row);
            } else {
                insert("event_identity", tables -> tables.identities, identity(row), place(row));
            }
        }
        return repeats;
    }

    void copyEvents(List<EventRow> rows) throws SQLException {
        for (EventRow row : rows) {
            EncodedEvent event = row.event();
            if (Content.isRefusedType(event.value(), event.typeOffset(), event.typeLength())) {
                throw new RefusedRowException(row, new SQLException("refused", "22P02"));
            }
            insert(
                    "event",
                    tables -> tables.events,
                    place(row),
                    new StoredEvent(row.appendedAtMillis(), row.key(), event));
        }
    }

    void copyRejected(List<RejectedRow> rows) throws SQLException {
        for (RejectedRow row : rows) {
            insert(
                    "rejected_event",
                    tables -> tables.rejected,
                    new Place(row.partition(), row.offset()),
                    new StoredRejection(row.reason(), row.key(), row.value()));
        }
    }

    Verdicts judge(List<EventRow> repeats) {
        List<EventRow> duplicates = new ArrayList<>();
        List<RejectedRow> conflicts = new ArrayList<>();
        for (EventRow row : repeats) {
            EncodedEvent kept = kept(row);
            if (saysTheSame(kept, row.event())) {
                duplicates.add(row);
            } else {
                conflicts.add(new RejectedRow(
                        row.partition(),
                        row.offset(),
                        RejectReason.CONFLICT,
                        "another event",
                        row.key(),
                        row.event().value(),
                        row.headers()));
            }
        }
        return new Verdicts(duplicates, conflicts);
    }

    private EncodedEvent kept(EventRow row) {
        Place place = transaction.identities.get(identity(row));
        if (place == null) {
            place = committed.identities.get(identity(row));
        }
        StoredEvent event = transaction.events.get(place);
        return (event == null ? committed.events.get(place) : event).event();
    }

    private static boolean saysTheSame(EncodedEvent one, EncodedEvent other) {
        return Arrays.equals(
                        one.value(),
                        one.typeOffset(),
                        one.typeOffset() + one.typeLength(),
                        other.value(),
                        other.typeOffset(),
                        other.typeOffset() + other.typeLength())
                && Arrays.equals(
                        one.value(),
                        one.payloadOffset(),
                        one.payloadOffset() + one.payloadLength(),
                        other.value(),
                        other.payloadOffset(),
                        other.payloadOffset() + other.payloadLength());
    }

    private <K> boolean isThere(Function<Tables, ? extends Map<K, ?>> table, K key) {
        return table.apply(transaction).containsKey(key)
                || table.apply(committed).containsKey(key);
    }

    private <K, V> void insert(String name, Function<Tables, Map<K, V>> table, K key, V row) throws SQLException {
        if (isThere(table, key)) {
            throw new SQLException("duplicate key in " + name + ": " + key, UNIQUE_VIOLATION);
        }
        table.apply(transaction).put(key, row);
    }

    private static Identity identity(EventRow row) {
        return new Identity(row.event().eventId(), row.partition());
    }

    private static Place place(EventRow row) {
        return new Place(row.partition(), row.offset());
    }
}

package dev.millrace.compose.history;

import dev.millrace.compose.history.ExpectedRecord.Verdict;
import dev.millrace.schemas.Position;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Holds {@code event} and {@code event_identity} against the topic. Not thread-safe. */
final class EventCheck {
    private static final String EVENTS = """
            SELECT kafka_partition, kafka_offset, (extract(epoch FROM appended_at) * 1000000)::bigint,
                   event_id, event_key, event_type, (extract(epoch FROM occurred_at) * 1000000)::bigint,
                   payload::text, metadata::text
            FROM event ORDER BY kafka_partition, kafka_offset, appended_at
            """;

    private static final String IDENTITIES = """
            SELECT kafka_partition, kafka_offset, (extract(epoch FROM appended_at) * 1000000)::bigint, event_id
            FROM event_identity ORDER BY kafka_partition, kafka_offset
            """;

    private static final long MICROS = 1_000;

    private final ExpectedRows events;
    private final ExpectedRows identities;
    private final Violations violations;

    EventCheck(ExpectedRecords expected, Violations violations) {
        this.violations = violations;
        events = new ExpectedRows("event", expected, Verdict.STORED, Invariant.COMPLETENESS, violations);
        identities = new ExpectedRows("event_identity", expected, Verdict.STORED, Invariant.COMPLETENESS, violations);
    }

    /** Returns the rows of {@code event}, which have been counted. */
    ExpectedRows check(Connection connection) throws SQLException {
        RowStream.read(connection, EVENTS, this::checkEvent);
        events.end();
        RowStream.read(connection, IDENTITIES, this::checkIdentity);
        identities.end();
        return events;
    }

    private void checkEvent(ResultSet row) throws SQLException {
        ExpectedRecord expected = events.take(position(row));
        if (expected == null) {
            return;
        }
        checkTime("event", row, expected);
        EventDigest event = expected.event();
        List<String> altered = new ArrayList<>();
        addIf(altered, "event_id", !event.id().equals(row.getObject(4, UUID.class)));
        addIf(altered, "event_key", expected.record().key() != Digest.shortOf(row.getString(5)));
        addIf(altered, "event_type", event.type() != Digest.shortOf(row.getString(6)));
        addIf(altered, "occurred_at", event.occurredAt() != row.getLong(7));
        addIf(altered, "payload", event.payload() != JsonValue.digest(row.getString(8)));
        addIf(altered, "metadata", event.metadata() != JsonValue.digest(row.getString(9)));
        if (!altered.isEmpty()) {
            violations.add(Invariant.FIDELITY, "event differs in " + altered + " from the record at " + expected);
        }
    }

    private void checkIdentity(ResultSet row) throws SQLException {
        ExpectedRecord expected = identities.take(position(row));
        if (expected == null) {
            return;
        }
        checkTime("event_identity", row, expected);
        UUID id = row.getObject(4, UUID.class);
        if (!expected.event().id().equals(id)) {
            violations.add(
                    Invariant.FIDELITY, "event_identity has the event_id " + id + " for the record at " + expected);
        }
    }

    /** The expected times never go back, so a row that does is found here. */
    private void checkTime(String table, ResultSet row, ExpectedRecord expected) throws SQLException {
        long appendedAt = row.getLong(3);
        if (appendedAt != expected.appendedAt() * MICROS) {
            violations.add(
                    Invariant.ORDER,
                    table + " has appended_at " + appendedAt + " us instead of " + expected.appendedAt() * MICROS
                            + " us for the record at " + expected);
        }
    }

    private static void addIf(List<String> altered, String column, boolean differs) {
        if (differs) {
            altered.add(column);
        }
    }

    private static Position position(ResultSet row) throws SQLException {
        return new Position(row.getInt(1), row.getLong(2));
    }
}

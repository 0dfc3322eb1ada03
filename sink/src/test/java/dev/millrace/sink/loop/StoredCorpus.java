package dev.millrace.sink.loop;

import dev.millrace.schemas.event.Event;
import dev.millrace.schemas.testing.EventBuilder;
import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.schemas.testing.corpus.CorpusRecord;
import dev.millrace.schemas.testing.corpus.Fate;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;

/** What the tables say about records of partition 0, compared with what they have to say. */
final class StoredCorpus implements AutoCloseable {
    private static final String EVENT = """
            SELECT event_id = ? AND event_type = ? AND event_key IS NOT DISTINCT FROM ? AND occurred_at = ?
                   AND payload = ?::jsonb AND metadata = ?::jsonb,
                   greatest(octet_length(payload::text) / 1048577, octet_length(metadata::text) / 65537)
            FROM event WHERE kafka_partition = 0 AND kafka_offset = ?
            """;

    private static final String REJECTED = """
            SELECT reason, key, value, jsonb_array_length(headers)
            FROM rejected_event WHERE topic = 'events.v1' AND kafka_partition = 0 AND kafka_offset = ?
            """;

    private static final String HEADERS = """
            SELECT header ->> 0, decode(header ->> 1, 'base64')
            FROM rejected_event, jsonb_array_elements(headers) WITH ORDINALITY AS headers (header, number)
            WHERE topic = 'events.v1' AND kafka_partition = 0 AND kafka_offset = ? ORDER BY number
            """;

    private static final String COUNTS = """
            SELECT format('events=%s identities=%s rejected=%s next=%s stored=%s duplicates=%s counted=%s',
                          (SELECT count(*) FROM event), (SELECT count(*) FROM event_identity),
                          (SELECT count(*) FROM rejected_event), next_offset, stored, duplicates, rejected)
            FROM sink_offset WHERE kafka_partition = 0
            """;

    private static final Event NO_EVENT = EventBuilder.EVENT.event();

    private final Connection connection;

    StoredCorpus(TestDatabase database) throws SQLException {
        // The reader sees no rejections.
        connection = database.connect(TestDatabase.OWNER);
    }

    /** Empty if the record has its row or its rejection, whole, and not the other. */
    List<String> differences(CorpusRecord record, long offset) throws SQLException {
        List<String> differences = new ArrayList<>();
        String event = event(record, offset);
        String rejection = rejection(record, offset);
        if (record.fate() instanceof Fate.Rejected rejected) {
            compare(differences, record + " as an event", event, "none");
            compare(
                    differences,
                    record + " as a rejection",
                    rejection,
                    rejected.reason().label());
        } else {
            compare(differences, record + " as an event", event, "equal");
            compare(differences, record + " as a rejection", rejection, "none");
        }
        return differences;
    }

    /** All rows of all tables, and what the offset row counted. */
    String counts() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(COUNTS)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static void compare(List<String> differences, String what, String actual, String expected) {
        if (!actual.equals(expected)) {
            differences.add(what + ": " + actual + " instead of " + expected);
        }
    }

    private String event(CorpusRecord record, long offset) throws SQLException {
        Event expected = record.fate() instanceof Fate.Stored stored ? stored.event() : NO_EVENT;
        // A rejected key may be what a statement cannot even ask for.
        byte[] key = record.fate() instanceof Fate.Stored ? record.key() : null;
        try (PreparedStatement statement = connection.prepareStatement(EVENT)) {
            statement.setObject(1, expected.eventId());
            statement.setString(2, expected.eventType());
            statement.setString(3, key == null ? null : new String(key, StandardCharsets.UTF_8));
            statement.setObject(4, expected.occurredAt().atOffset(ZoneOffset.UTC));
            statement.setString(5, expected.payload());
            statement.setString(6, expected.metadata());
            statement.setLong(7, offset);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return "none";
                }
                return !row.getBoolean(1) ? "different" : row.getInt(2) > 0 ? "too large" : "equal";
            }
        }
    }

    private String rejection(CorpusRecord record, long offset) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REJECTED)) {
            statement.setLong(1, offset);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return "none";
                }
                if (!Arrays.equals(row.getBytes(2), record.key()) || !Arrays.equals(row.getBytes(3), record.value())) {
                    return "other bytes";
                }
                boolean same = row.getInt(4) == record.headers().size() && hasHeaders(record, offset);
                return same ? row.getString(1) : "other headers";
            }
        }
    }

    private boolean hasHeaders(CorpusRecord record, long offset) throws SQLException {
        if (record.headers().isEmpty()) {
            return true;
        }
        try (PreparedStatement statement = connection.prepareStatement(HEADERS)) {
            statement.setLong(1, offset);
            try (ResultSet row = statement.executeQuery()) {
                for (Header header : record.headers()) {
                    row.next();
                    // jsonb has no U+0000.
                    if (!row.getString(1).equals(header.key().replace('\0', '\uFFFD'))
                            || !Arrays.equals(row.getBytes(2), header.value())) {
                        return false;
                    }
                }
                return !row.next();
            }
        }
    }
}

package dev.millrace.compose.history;

import dev.millrace.compose.history.ExpectedRecord.Verdict;
import dev.millrace.schemas.Position;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Holds {@code rejected_event} against the topic. Not thread-safe. */
final class RejectedCheck {
    private static final String REJECTED = """
            SELECT kafka_partition, kafka_offset, reason, key, value, headers::text
            FROM rejected_event WHERE topic = ? ORDER BY kafka_partition, kafka_offset
            """;

    private static final String OF_OTHER_TOPICS =
            "SELECT topic, kafka_partition, kafka_offset FROM rejected_event WHERE topic <> ?";

    private final ExpectedRows rows;
    private final String topic;
    private final Violations violations;

    RejectedCheck(ExpectedRecords expected, Violations violations) {
        this.violations = violations;
        topic = expected.dump().topic();
        rows = new ExpectedRows("rejected_event", expected, Verdict.REJECTED, Invariant.REJECTION, violations);
    }

    /** Returns the rows, which have been counted. */
    ExpectedRows check(Connection connection) throws SQLException {
        RowStream.read(connection, REJECTED, this::checkRow, topic);
        rows.end();
        RowStream.read(
                connection,
                OF_OTHER_TOPICS,
                row -> violations.add(
                        Invariant.NOTHING_ELSE,
                        "rejected_event has a row of the topic " + row.getString(1) + " at " + row.getInt(2) + ":"
                                + row.getLong(3)),
                topic);
        return rows;
    }

    private void checkRow(ResultSet row) throws SQLException {
        ExpectedRecord expected = rows.take(new Position(row.getInt(1), row.getLong(2)));
        if (expected == null) {
            return;
        }
        TopicRecord record = expected.record();
        List<String> altered = new ArrayList<>();
        if (!Objects.requireNonNull(expected.reason()).label().equals(row.getString(3))) {
            altered.add("reason (" + row.getString(3) + ")");
        }
        if (record.key() != Digest.shortOf(row.getBytes(4))) {
            altered.add("key");
        }
        if (record.value() != Digest.shortOf(row.getBytes(5))) {
            altered.add("value");
        }
        if (record.headers() != JsonValue.digest(row.getString(6))) {
            altered.add("headers");
        }
        if (!altered.isEmpty()) {
            violations.add(
                    Invariant.REJECTION, "rejected_event differs in " + altered + " from the record at " + expected);
        }
    }
}

package dev.millrace.compose.history;

import dev.millrace.compose.history.ExpectedRecord.Verdict;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Holds {@code sink_offset} against the topic and against the rows. Not thread-safe. */
final class OffsetCheck {
    private static final String OFFSETS = """
            SELECT topic, kafka_partition, next_offset, stored, duplicates, rejected,
                   floor(extract(epoch FROM last_appended_at) * 1000)::bigint
            FROM sink_offset ORDER BY topic, kafka_partition
            """;

    private final ExpectedRecords expected;
    private final ExpectedRows events;
    private final ExpectedRows rejected;
    private final Violations violations;
    private final Set<Integer> missing;

    OffsetCheck(ExpectedRecords expected, ExpectedRows events, ExpectedRows rejected, Violations violations) {
        this.expected = expected;
        this.events = events;
        this.rejected = rejected;
        this.violations = violations;
        missing = new TreeSet<>(expected.dump().partitions().keySet());
    }

    void check(Connection connection) throws SQLException {
        RowStream.read(connection, OFFSETS, this::checkRow);
        for (int partition : missing) {
            if (expected.dump().end(partition) > 0) {
                violations.add(Invariant.OFFSET_AGREEMENT, "sink_offset has no row for partition " + partition);
            }
        }
    }

    private void checkRow(ResultSet row) throws SQLException {
        int partition = row.getInt(2);
        String topic = expected.dump().topic();
        if (!row.getString(1).equals(topic) || !missing.remove(partition)) {
            violations.add(
                    Invariant.NOTHING_ELSE,
                    "sink_offset has a row of partition " + partition + " of " + row.getString(1) + ", but " + topic
                            + " has the partitions "
                            + expected.dump().partitions().keySet());
            return;
        }
        long end = expected.dump().end(partition);
        compare(partition, "next_offset", row.getLong(3), end);
        compare(partition, "stored", row.getLong(4), expected.count(partition, Verdict.STORED));
        compare(partition, "duplicates", row.getLong(5), expected.count(partition, Verdict.DUPLICATE));
        compare(partition, "rejected", row.getLong(6), expected.count(partition, Verdict.REJECTED));
        compareRows(partition, "event", events.rows(partition), row.getLong(4));
        compareRows(partition, "rejected_event", rejected.rows(partition), row.getLong(6));
        Long lastAppendedAt = (Long) row.getObject(7);
        if (!Objects.equals(lastAppendedAt, expected.lastAppendedAt(partition))) {
            violations.add(
                    Invariant.OFFSET_AGREEMENT,
                    "sink_offset of partition " + partition + " has last_appended_at " + lastAppendedAt
                            + " ms, the topic says " + expected.lastAppendedAt(partition) + " ms");
        }
    }

    private void compare(int partition, String column, long actual, long right) {
        if (actual != right) {
            violations.add(
                    Invariant.OFFSET_AGREEMENT,
                    "sink_offset of partition " + partition + " has " + column + " " + actual + ", the topic says "
                            + right);
        }
    }

    private void compareRows(int partition, String table, long rows, long counted) {
        if (rows != counted) {
            violations.add(
                    Invariant.OFFSET_AGREEMENT,
                    table + " has " + rows + " rows of partition " + partition + ", sink_offset counts " + counted);
        }
    }
}

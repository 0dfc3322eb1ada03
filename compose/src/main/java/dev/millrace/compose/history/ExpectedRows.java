package dev.millrace.compose.history;

import dev.millrace.compose.history.ExpectedRecord.Verdict;
import dev.millrace.schemas.Position;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the records that must have a row in a table, beside the rows of that table as the database
 * streams them, both by partition and offset: no table has to fit into memory. Not thread-safe.
 */
final class ExpectedRows {
    private final String table;
    private final ExpectedRecords records;
    private final Invariant ofMissing;
    private final Violations violations;
    private final Iterator<ExpectedRecord> rest;
    private final Map<Integer, Long> rows = new HashMap<>();
    private @Nullable ExpectedRecord next;
    private @Nullable Position last;

    /**
     * @param verdict of the records that have a row here
     * @param ofMissing what is violated when one has none
     */
    ExpectedRows(String table, ExpectedRecords records, Verdict verdict, Invariant ofMissing, Violations violations) {
        this.table = table;
        this.records = records;
        this.ofMissing = ofMissing;
        this.violations = violations;
        rest = records.partitions().values().stream()
                .flatMap(List::stream)
                .filter(record -> record.verdict() == verdict)
                .iterator();
        advance();
    }

    /**
     * Takes the next row of the table.
     *
     * @return the record it must be of; null if there must be no such row, which then is reported
     */
    @Nullable
    ExpectedRecord take(Position position) {
        rows.merge(position.partition(), 1L, Long::sum);
        ExpectedRecord expected = next;
        while (expected != null && compare(expected.position(), position) < 0) {
            reportMissing(expected);
            expected = advance();
        }
        if (expected == null || compare(expected.position(), position) != 0) {
            boolean repeated = position.equals(last);
            violations.add(
                    Invariant.NOTHING_ELSE,
                    table + " has a row at " + position
                            + (repeated ? " more than once" : ", but " + records.describe(position)));
            last = position;
            return null;
        }
        last = position;
        advance();
        return expected;
    }

    /** To be called after the last row. */
    void end() {
        while (next != null) {
            reportMissing(next);
            advance();
        }
    }

    /** How many rows the table has of a partition. */
    long rows(int partition) {
        return rows.getOrDefault(partition, 0L);
    }

    private @Nullable ExpectedRecord advance() {
        next = rest.hasNext() ? rest.next() : null;
        return next;
    }

    private void reportMissing(ExpectedRecord expected) {
        violations.add(ofMissing, table + " has no row for the record at " + expected);
    }

    private static int compare(Position one, Position other) {
        int order = Integer.compare(one.partition(), other.partition());
        return order != 0 ? order : Long.compare(one.offset(), other.offset());
    }
}

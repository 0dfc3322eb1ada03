package dev.millrace.compose.history;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * One partition in one snapshot.
 *
 * @param stored as {@code sink_offset} counts, like duplicates and rejected
 * @param events rows, like identities and rejections
 * @param highest offset of any row, −1 for none
 */
record Sample(
        int partition,
        long nextOffset,
        long stored,
        long duplicates,
        long rejected,
        long events,
        long identities,
        long rejections,
        long highest) {
    /** What is known of a partition before its first sample. */
    static final Sample NONE = new Sample(0, 0, 0, 0, 0, 0, 0, 0, -1);

    static Sample of(ResultSet row) throws SQLException {
        return new Sample(
                row.getInt(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                Math.max(highest(row, 9), Math.max(highest(row, 10), highest(row, 11))));
    }

    /** With the rows that an earlier sample counted below those of this one. */
    Sample onTopOf(Sample earlier) {
        return new Sample(
                partition,
                nextOffset,
                stored,
                duplicates,
                rejected,
                earlier.events + events,
                earlier.identities + identities,
                earlier.rejections + rejections,
                highest);
    }

    void check(Violations violations) {
        if (highest >= nextOffset) {
            report(violations, "there is a row at offset " + highest);
        }
        if (events != stored) {
            report(violations, "event has " + events + " rows, stored is " + stored);
        }
        if (identities != events) {
            report(violations, "event has " + events + " rows, event_identity " + identities);
        }
        if (rejections != rejected) {
            report(violations, "rejected_event has " + rejections + " rows, rejected is " + rejected);
        }
        if (stored + duplicates + rejected > nextOffset) {
            report(violations, stored + " stored, " + duplicates + " duplicates, " + rejected + " rejected");
        }
    }

    private void report(Violations violations, String what) {
        violations.add(
                Invariant.OFFSET_AGREEMENT,
                "in one snapshot, partition " + partition + ", next_offset " + nextOffset + ": " + what);
    }

    private static long highest(ResultSet row, int column) throws SQLException {
        long offset = row.getLong(column);
        return row.wasNull() ? -1 : offset;
    }
}

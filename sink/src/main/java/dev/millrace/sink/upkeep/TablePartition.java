package dev.millrace.sink.upkeep;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A table that is attached to {@code event}.
 *
 * @param name quoted where SQL needs it
 * @param from first append time
 * @param until first append time that is not in it
 * @param comment of the table, empty for none
 * @param detaching whether it has begun to be detached: nothing is written to it or read any more
 */
record TablePartition(String name, Instant from, Instant until, String comment, boolean detaching) {
    /** Bounds that are no times (MINVALUE) count as far away. */
    private static final String ATTACHED = """
            SELECT name,
                   coalesce(substring(bound FROM 'FROM \\(''([^'']+)''\\)')::timestamptz, '0001-01-01Z') AS lower,
                   coalesce(substring(bound FROM 'TO \\(''([^'']+)''\\)')::timestamptz, '9999-12-31Z') AS upper,
                   comment, inhdetachpending
            FROM (SELECT quote_ident(relname) AS name, pg_get_expr(relpartbound, oid) AS bound,
                         coalesce(obj_description(oid, 'pg_class'), '') AS comment, inhdetachpending
                  FROM pg_inherits JOIN pg_class ON oid = inhrelid
                  WHERE inhparent = 'event'::regclass) AS part
            WHERE bound LIKE 'FOR VALUES FROM%'
            ORDER BY lower
            """;

    /** All there are, the earliest first; locks none. */
    static List<TablePartition> attached(Connection connection) throws SQLException {
        List<TablePartition> partitions = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ATTACHED)) {
            while (row.next()) {
                partitions.add(new TablePartition(
                        row.getString(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getObject(3, OffsetDateTime.class).toInstant(),
                        row.getString(4),
                        row.getBoolean(5)));
            }
        }
        return partitions;
    }

    boolean covers(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(until);
    }
}

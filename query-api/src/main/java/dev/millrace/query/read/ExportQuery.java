package dev.millrace.query.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of an export. Every column is printed by Postgres, in whatever format the driver asks for
 * it; the order is that of the columns behind the texts, so they are named with their table.
 */
final class ExportQuery {
    private static final String SELECT = "SELECT event.appended_at::text, kafka_partition::text, kafka_offset::text,"
            + " event_id::text, event_type, event_key, occurred_at::text, payload::text, metadata::text FROM ";
    private static final String ORDER = " ORDER BY event.appended_at, event.kafka_partition, event.kafka_offset";

    private final CompleteThrough through;
    private final EventFilter filter;
    private final EventFilter appended;

    ExportQuery(CompleteThrough through, EventFilter filter) {
        this.through = through;
        this.filter = filter;
        this.appended = new EventFilter(List.of(), TimeRange.ALWAYS, filter.appended());
    }

    /** The next events, found in the way that the planner likes best. */
    Sql events(@Nullable OrderKey last, int limit) {
        Sql sql = new Sql().add(SELECT + "event WHERE ");
        EventQuery.rest(sql, through, last, Order.ASC);
        FilterCondition.addTo(sql, filter);
        return sql.add(ORDER + " LIMIT ?", limit);
    }

    /**
     * The next events up to a place. OFFSET 0 keeps the filter out of the inner query, so that it is
     * held against these rows, in their order, and no index is asked for matches anywhere else.
     *
     * @param until the last place to look at; null for the end
     */
    Sql eventsUntil(@Nullable OrderKey last, @Nullable OrderKey until, int limit) {
        Sql sql = new Sql().add(SELECT + "(SELECT * FROM event WHERE ");
        EventQuery.rest(sql, through, last, Order.ASC);
        FilterCondition.addTo(sql, appended);
        if (until != null) {
            sql.add(
                    " AND (appended_at, kafka_partition, kafka_offset) <= (?, ?, ?)",
                    until.appendedAt(),
                    until.partition(),
                    until.offset());
            sql.add(" AND appended_at <= ?", until.appendedAt());
        }
        sql.add(ORDER + " OFFSET 0) AS event WHERE true");
        FilterCondition.addTo(sql, filter);
        return sql.add(ORDER + " LIMIT ?", limit);
    }

    /** The place so many rows on, whatever is there; none if the end comes before. */
    Sql place(@Nullable OrderKey last, int rows) {
        Sql sql = new Sql().add("SELECT kafka_partition, kafka_offset, appended_at FROM event WHERE ");
        EventQuery.rest(sql, through, last, Order.ASC);
        FilterCondition.addTo(sql, appended);
        return sql.add(ORDER + " OFFSET ? LIMIT 1", rows - 1);
    }
}

package dev.millrace.query.read;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL that reads events. Says only what is asked; {@link EventRows} reads what comes. */
final class EventQuery {
    private static final String SELECT = "SELECT kafka_partition, kafka_offset, appended_at, event_id, event_type,"
            + " event_key, occurred_at, payload, metadata FROM ";

    /**
     * What the planner is told where it has to guess how many documents contain another: the largest page,
     * also if the reader stops before. It has a hundred documents as a sample, so what one of them contains
     * seems to be in each hundredth event. For a small page it would then read in the order of the answer
     * until it has found enough, and that is through all events if there are a few. See docs/benchmarks.md.
     */
    private static final int ROWS_OF_A_GUESS = 1_001;

    private EventQuery() {}

    /** The coordinates of an id; the first one in the order of all events. */
    static Sql identity(UUID eventId) {
        return new Sql()
                .add(
                        "SELECT kafka_partition, kafka_offset, appended_at FROM event_identity WHERE event_id = ?"
                                + " ORDER BY appended_at, kafka_partition, kafka_offset LIMIT 1",
                        eventId);
    }

    /** One event by its whole key, so that a single table partition is looked at. */
    static Sql event(OrderKey place) {
        return new Sql()
                .add(SELECT + "event")
                .add(
                        " WHERE kafka_partition = ? AND kafka_offset = ? AND appended_at = ?",
                        place.partition(),
                        place.offset(),
                        place.appendedAt());
    }

    /** The next rows of a walk; the reader takes at most {@code rows}. Null when nothing can be left. */
    static @Nullable Sql page(Walk walk, EventFilter filter, Order order, int rows) {
        if (walk instanceof Walk.Following following) {
            return following(following, filter, rows);
        }
        return ordered((Walk.Ordered) walk, filter, order, rows);
    }

    private static @Nullable Sql ordered(Walk.Ordered walk, EventFilter filter, Order order, int rows) {
        CompleteThrough through = walk.through();
        if (through.bounds().stream().allMatch(bound -> bound.offset() < 0)) {
            return null;
        }
        Sql sql = new Sql().add(SELECT + "event WHERE ");
        rest(sql, through, walk.last(), order);
        FilterCondition.addTo(sql, filter);
        return inOrder(sql, order, filter.asksForContent() ? Math.max(rows, ROWS_OF_A_GUESS) : rows);
    }

    /**
     * Appends the condition for what is left below a bound, after the last event that was delivered. The times
     * say the same again in a form that prunes table partitions.
     */
    static void rest(Sql sql, CompleteThrough through, @Nullable OrderKey last, Order order) {
        sql.add("kafka_offset <= (?::bigint[])[kafka_partition + 1]", through.offsets());
        notLater(sql, through.latest());
        if (last != null) {
            sql.add(
                    " AND (appended_at, kafka_partition, kafka_offset) " + order.comparison() + " (?, ?, ?)",
                    last.appendedAt(),
                    last.partition(),
                    last.offset());
            sql.add(" AND appended_at " + order.comparison() + "= ?", last.appendedAt());
        }
    }

    /** A range of the primary key for each Kafka partition that has something new, merged. */
    private static @Nullable Sql following(Walk.Following walk, EventFilter filter, int rows) {
        Sql sql = new Sql().add(SELECT + "(");
        String separator = "";
        for (int partition = 0; partition < walk.through().partitions(); partition++) {
            Bound from = walk.from().of(partition);
            Bound through = walk.through().of(partition);
            if (from.offset() < through.offset()) {
                sql.add(separator).add(range(partition, from, through, filter, rows));
                separator = " UNION ALL ";
            }
        }
        return separator.isEmpty() ? null : inOrder(sql.add(") AS following"), Order.ASC, rows);
    }

    private static Sql range(int partition, Bound from, Bound through, EventFilter filter, int rows) {
        Sql sql = new Sql().add("(" + SELECT + "event");
        sql.add(
                " WHERE kafka_partition = ? AND kafka_offset > ? AND kafka_offset <= ?",
                partition,
                from.offset(),
                through.offset());
        Instant earliest = from.appendedAt();
        if (earliest != null) {
            sql.add(" AND appended_at >= ?", earliest);
        }
        notLater(sql, through.appendedAt());
        FilterCondition.addTo(sql, filter);
        return sql.add(" ORDER BY kafka_offset LIMIT ?)", rows);
    }

    private static Sql inOrder(Sql sql, Order order, int rows) {
        String way = order.suffix();
        return sql.add(
                " ORDER BY appended_at" + way + ", kafka_partition" + way + ", kafka_offset" + way + " LIMIT ?", rows);
    }

    private static void notLater(Sql sql, @Nullable Instant latest) {
        if (latest != null) {
            sql.add(" AND appended_at <= ?", latest);
        }
    }
}

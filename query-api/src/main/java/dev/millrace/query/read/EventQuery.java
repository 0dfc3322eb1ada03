package dev.millrace.query.read;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL that reads events. Says only what is asked; {@link EventRows} reads what comes. */
final class EventQuery {
    private static final String SELECT = "SELECT kafka_partition, kafka_offset, appended_at, event_id, event_type,"
            + " event_key, occurred_at, payload, metadata FROM ";

    /** The planner takes a comparison it cannot look into for one that a third fulfils, and so expects less. */
    private static final int OPAQUE = 3;

    private static final String BY_OFFSET = " ORDER BY kafka_offset LIMIT ?";

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

    /**
     * The next rows of a walk; the reader takes at most {@code rows}. Null when nothing can be left.
     *
     * @param planned rows that the planner is told are wanted, {@code rows} or more; the reader stops before
     */
    static @Nullable Sql page(Walk walk, EventFilter filter, Order order, int rows, long planned) {
        if (walk instanceof Walk.Following following) {
            return following(following, filter, rows, planned);
        }
        return ordered((Walk.Ordered) walk, filter, order, rows, planned);
    }

    /**
     * The first rows of all that the snapshot shows up to a time.
     *
     * @param planned rows that the planner is told are wanted; the reader stops before
     */
    static Sql begin(Instant horizon, EventFilter filter, Order order, long planned) {
        Sql sql = new Sql().add(SELECT + "event").add(" WHERE appended_at <= ?", horizon);
        return inOrder(sql, filter, order, planned);
    }

    private static @Nullable Sql ordered(Walk.Ordered walk, EventFilter filter, Order order, int rows, long planned) {
        CompleteThrough through = walk.through();
        if (through.bounds().stream().allMatch(bound -> bound.offset() < 0)) {
            return null;
        }
        Sql sql = new Sql().add(SELECT + "event WHERE ");
        rest(sql, through, walk.last(), order);
        return inOrder(sql, filter, order, Math.max(rows, planned / OPAQUE));
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
    private static @Nullable Sql following(Walk.Following walk, EventFilter filter, int rows, long planned) {
        Sql sql = new Sql().add(SELECT + "(");
        String separator = "";
        for (int partition = 0; partition < walk.through().partitions(); partition++) {
            Bound from = walk.from().of(partition);
            Bound through = walk.through().of(partition);
            if (from.offset() < through.offset()) {
                sql.add(separator).add(range(partition, from, through, filter, rows, planned));
                separator = " UNION ALL ";
            }
        }
        return separator.isEmpty() ? null : inOrder(sql.add(") AS following"), Order.ASC, rows);
    }

    private static Sql range(int partition, Bound from, Bound through, EventFilter filter, int rows, long planned) {
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
        if (planned == rows) {
            return sql.add(BY_OFFSET, rows).add(")");
        }
        // Planned by itself and read as far as it is needed: a limit around it alone would be planned for, too.
        return new Sql()
                .add("(WITH range AS MATERIALIZED ")
                .add(sql)
                .add(BY_OFFSET, planned)
                .add(") TABLE range LIMIT ?)", rows);
    }

    private static Sql inOrder(Sql sql, EventFilter filter, Order order, long rows) {
        FilterCondition.addTo(sql, filter);
        return inOrder(sql, order, rows);
    }

    private static Sql inOrder(Sql sql, Order order, long rows) {
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

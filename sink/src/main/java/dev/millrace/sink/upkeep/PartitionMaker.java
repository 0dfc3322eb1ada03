package dev.millrace.sink.upkeep;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Makes one table partition. It is created by itself and then attached: unlike {@code CREATE TABLE …
 * PARTITION OF}, that cancels no query on a replica.
 */
final class PartitionMaker {
    /** Any fixed number; all owners' connections of one database take the same lock. */
    private static final long ADVISORY_LOCK = 0x6D696C6C72616365L;

    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("'event_'uuuu_MM").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("'event_'uuuu_MM_dd").withZone(ZoneOffset.UTC);

    /**
     * Rows never change, so they are frozen by the first vacuum that comes, which inserts bring about;
     * {@link Statistics} is there before autovacuum, which only stands by; cutting off a table's end would
     * stop queries on a replica.
     */
    private static final String OPTIONS = "autovacuum_vacuum_insert_threshold = 100000,"
            + " autovacuum_vacuum_insert_scale_factor = 0.2, autovacuum_freeze_min_age = 0,"
            + " autovacuum_analyze_threshold = 10000, autovacuum_analyze_scale_factor = 0.5, vacuum_truncate = off";

    /**
     * From 100 values a match is estimated by them alone. More, which a server's default may be, makes a young
     * partition's ANALYZE slower just when it is filled fastest: 0.9 s instead of 0.5 with 200.
     */
    private static final String STATISTICS_TARGETS =
            "ALTER COLUMN payload SET STATISTICS 100, ALTER COLUMN metadata SET STATISTICS 100";

    private final PartitionInterval interval;

    PartitionMaker(PartitionInterval interval) {
        this.interval = interval;
    }

    /**
     * Makes the partition of a moment, unless it is there. One that is attached is taken as it is, also
     * with another interval; a new one fills the room beside it.
     *
     * @param connection with automatic commit off; the caller commits
     * @return the partition that covers the moment
     * @throws SQLException if there is none; then nothing is half-made once the caller has rolled back
     */
    TablePartition make(Connection connection, Instant moment) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '5s'; SET LOCAL TimeZone = 'UTC'");
            statement.execute("SELECT pg_advisory_xact_lock(" + ADVISORY_LOCK + ")");
            List<TablePartition> attached = TablePartition.attached(connection);
            Optional<TablePartition> there = attached.stream()
                    .filter(partition -> partition.covers(moment))
                    .findFirst();
            if (there.isPresent()) {
                return whole(there.get());
            }
            TablePartition made = room(connection, attached, moment);
            statement.execute("CREATE TABLE %s (LIKE event INCLUDING ALL) WITH (%s)".formatted(made.name(), OPTIONS));
            statement.execute("ALTER TABLE %s %s".formatted(made.name(), STATISTICS_TARGETS));
            statement.execute("ALTER TABLE event ATTACH PARTITION %s FOR VALUES FROM ('%s') TO ('%s')"
                    .formatted(made.name(), made.from(), made.until()));
            return made;
        }
    }

    private static TablePartition whole(TablePartition partition) throws SQLException {
        if (partition.detaching()) {
            // As a lock that is not to be had now: what waits for it tries again.
            throw new SQLException("being detached: " + partition.name(), "55P03");
        }
        return partition;
    }

    /** The moment's interval, as far as its neighbours leave room. */
    private TablePartition room(Connection connection, List<TablePartition> attached, Instant moment)
            throws SQLException {
        Instant from = interval.start(moment);
        Instant until = interval.end(moment);
        for (TablePartition neighbour : attached) {
            if (!neighbour.until().isAfter(moment) && neighbour.until().isAfter(from)) {
                from = neighbour.until();
            }
            if (neighbour.from().isAfter(moment) && neighbour.from().isBefore(until)) {
                until = neighbour.from();
            }
        }
        return new TablePartition(freeName(connection, from, until), from, until, "", false);
    }

    /** A table that was detached keeps its name. */
    private static String freeName(Connection connection, Instant from, Instant until) throws SQLException {
        boolean isMonth =
                from.equals(PartitionInterval.MONTH.start(from)) && until.equals(PartitionInterval.MONTH.end(from));
        String name = (isMonth ? MONTH : DAY).format(from);
        String free = name;
        for (int number = 2; isTaken(connection, free); number++) {
            free = name + "_v" + number;
        }
        return free;
    }

    private static boolean isTaken(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}

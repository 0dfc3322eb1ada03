package dev.millrace.compose.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The tables that contenders write, on the owner's connections. For one thread. */
final class BenchTables implements AutoCloseable {
    private static final Duration REPLAY_LIMIT = Duration.ofMinutes(5);
    private static final long STEP_MILLIS = 50;

    /** One partition below the parent, as the real table has one a month, so that a row takes the same way. */
    private static final String MAKE_PLAIN = """
            CREATE SCHEMA plain;
            CREATE TABLE plain.event (LIKE public.event, PRIMARY KEY (kafka_partition, kafka_offset, appended_at))
                PARTITION BY RANGE (appended_at);
            CREATE TABLE plain.event_all PARTITION OF plain.event FOR VALUES FROM (MINVALUE) TO (MAXVALUE);
            CREATE TABLE plain.event_identity (LIKE public.event_identity, PRIMARY KEY (event_id, kafka_partition));
            GRANT USAGE ON SCHEMA plain TO millrace_writer;
            GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA plain TO millrace_writer
            """;

    private static final String EMPTY = """
            TRUNCATE public.event, public.event_identity, plain.event, plain.event_identity,
                sink_offset, rejected_event, sink_gap
            """;

    private static final String FIGURES = "events=%d identities=%d rejected=%d offsets=%s";

    private final Connection primary;
    private final Connection replica;

    /** @param replicaUrl JDBC address with the owner's credentials, like the primary's */
    BenchTables(String primaryUrl, String replicaUrl) throws SQLException {
        primary = DriverManager.getConnection(primaryUrl);
        replica = DriverManager.getConnection(replicaUrl);
    }

    /** Makes the tables of {@link Schema#PLAIN}. */
    void makePlain() throws SQLException {
        execute(primary, MAKE_PLAIN);
    }

    /**
     * Empties all tables, and waits until both servers have nothing left to write of what was before.
     *
     * @param stop ends the wait
     */
    void empty(CountDownLatch stop) throws SQLException, InterruptedException {
        execute(primary, EMPTY);
        execute(primary, "CHECKPOINT");
        String end = text(primary, "SELECT pg_current_wal_lsn()");
        long begin = System.nanoTime();
        while (!text(replica, "SELECT pg_last_wal_replay_lsn() >= '" + end + "'::pg_lsn")
                .equals("t")) {
            if (System.nanoTime() - begin > REPLAY_LIMIT.toNanos()) {
                throw new IllegalStateException("the replica does not reach " + end);
            }
            if (stop.await(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
        execute(replica, "CHECKPOINT");
    }

    /** How many records of the topic are committed. */
    long handled() throws SQLException {
        return number("SELECT coalesce(sum(next_offset), 0) FROM sink_offset");
    }

    /**
     * Counts what a contender has stored.
     *
     * @param ends of the topic's partitions; all of their records are events
     * @return what there is, in words
     * @throws IllegalStateException if anything is missing or too much
     */
    String check(Contender contender, Map<Integer, Long> ends) throws SQLException {
        execute(primary, contender.schema().choose());
        long expected = ends.values().stream().mapToLong(Long::longValue).sum();
        String wanted = FIGURES.formatted(expected, expected, 0, new TreeMap<>(ends));
        String found = FIGURES.formatted(
                number("SELECT count(*) FROM event"),
                number("SELECT count(*) FROM event_identity"),
                number("SELECT count(*) FROM rejected_event"),
                offsets());
        if (!found.equals(wanted)) {
            throw new IllegalStateException(
                    contender.name() + " did not store what it should: " + found + ", wanted: " + wanted);
        }
        return found;
    }

    @Override
    public void close() throws SQLException {
        primary.close();
        replica.close();
    }

    /** Of the partitions that have any. */
    private Map<Integer, Long> offsets() throws SQLException {
        try (Statement statement = primary.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT kafka_partition, next_offset FROM sink_offset WHERE next_offset > 0")) {
            Map<Integer, Long> offsets = new TreeMap<>();
            while (row.next()) {
                offsets.put(row.getInt(1), row.getLong(2));
            }
            return offsets;
        }
    }

    private long number(String question) throws SQLException {
        return Long.parseLong(text(primary, question));
    }

    private static String text(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(Connection connection, String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}

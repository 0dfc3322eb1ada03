package dev.millrace.compose.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Empties the pending lists of all GIN indexes of {@code event} again and again, on a connection of the
 * owner's, as the upkeep beside a sink does. On a thread of its own.
 */
final class PendingListLane implements AutoCloseable {
    /** Emptying a list whenever it is as long as this was the fastest. */
    private static final double FULL_LIST_BYTES = 2 << 20;

    private static final double LONGEST_PAUSE_NANOS = 500e6;

    /** The indexes, as what a SELECT of {@code indexrelid} is from. */
    static final String INDEXES = """
            FROM pg_partition_tree('public.event') AS part
            JOIN pg_index ON indrelid = part.relid AND indisvalid
            JOIN pg_class ON pg_class.oid = indexrelid AND relkind = 'i'
            JOIN pg_am ON pg_am.oid = relam AND amname = 'gin'
            """;

    /** Every index in one statement: they are few. */
    private static final String CLEAN =
            "SELECT coalesce(max(gin_clean_pending_list(indexrelid)), 0) * current_setting('block_size')::int "
                    + INDEXES;

    private final Connection owner;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "pending-list-lane");
    private volatile @Nullable Exception failure;

    /** @param ownerUrl JDBC address of the primary with the owner's credentials */
    PendingListLane(String ownerUrl) throws SQLException {
        owner = DriverManager.getConnection(ownerUrl);
        thread.setDaemon(true);
    }

    void begin() {
        thread.start();
    }

    /** @throws SQLException if the lists were not emptied to the end */
    @Override
    public void close() throws SQLException {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        owner.close();
        Exception broken = failure;
        if (broken instanceof SQLException refused) {
            throw refused;
        }
        if (broken instanceof RuntimeException defect) {
            throw defect;
        }
    }

    private void run() {
        try {
            long emptied = System.nanoTime();
            double pause = 0;
            while (!stop.await((long) pause, TimeUnit.NANOSECONDS)) {
                long bytes = clean();
                long now = System.nanoTime();
                pause = Math.min(FULL_LIST_BYTES * (now - emptied) / Math.max(1, bytes), LONGEST_PAUSE_NANOS);
                emptied = now;
            }
        } catch (SQLException | RuntimeException broken) {
            failure = broken;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many bytes the longest list had. */
    private long clean() throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(CLEAN)) {
            row.next();
            return row.getLong(1);
        }
    }
}

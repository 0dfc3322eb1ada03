package dev.millrace.sink.write;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the backend of a sink that froze in the middle of a COPY and holds its offset row for ever: no
 * timeout of the server ends a backend that waits for COPY data, and cancelling has no effect on it.
 * Only who really blocks us is ended, and only if it is of our own role. Thread-safe.
 */
final class FrozenOwner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FrozenOwner.class);

    private static final String END_BLOCKERS = """
            SELECT pid, pg_terminate_backend(pid)
            FROM unnest(pg_blocking_pids(?)) AS pid JOIN pg_stat_activity USING (pid)
            WHERE usename = current_user
            """;

    private final PrimarySession session;
    private final Duration patience;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "frozen-owner");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param session a connection of its own, opened when it is needed; closed by this
     * @param patience how long a healthy owner may hold the row
     */
    FrozenOwner(PrimarySession session, Duration patience) {
        this.session = session;
        this.patience = patience;
    }

    /**
     * Takes a step that may be blocked, and is patient with whoever blocks it for a while only.
     *
     * @param blocked the connection that the step is taken on
     */
    <T> T outwait(Connection blocked, Step<T> step) throws SQLException {
        int backend = blocked.unwrap(PGConnection.class).getBackendPID();
        Future<?> due = executor.schedule(() -> endBlockers(backend), patience.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return step.take();
        } finally {
            due.cancel(false);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void endBlockers(int backend) {
        try (PreparedStatement statement = session.connection().prepareStatement(END_BLOCKERS)) {
            statement.setInt(1, backend);
            try (ResultSet ended = statement.executeQuery()) {
                while (ended.next()) {
                    LOG.warn(
                            "ended the backend of a sink that held its offsets too long: pid={} patienceMs={} ended={}",
                            ended.getInt(1),
                            patience.toMillis(),
                            ended.getBoolean(2));
                }
            }
        } catch (SQLException failure) {
            LOG.warn("who blocks the offsets is not known: {}", failure.getMessage());
        } finally {
            session.discard();
        }
    }

    /** Part of a transaction. */
    interface Step<T> {
        T take() throws SQLException;
    }
}

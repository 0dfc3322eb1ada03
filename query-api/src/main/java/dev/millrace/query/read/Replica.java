package dev.millrace.query.read;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to the replica, and the one way to use them: a transaction that reads a single
 * snapshot. Nothing is connected before it is needed. Thread-safe.
 */
public final class Replica implements AutoCloseable {
    /**
     * Settings of a session. A generic plan cannot prune table partitions, and JIT never pays for
     * queries of a millisecond.
     */
    private static final String SESSION = "-c plan_cache_mode=force_custom_plan -c statement_timeout=2s -c jit=off"
            + " -c default_transaction_read_only=on -c default_transaction_isolation=repeatable\\ read";

    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);

    private final HikariDataSource pool;

    /** No answer waits for its COMMIT: the way to the server and back would be a tenth of it. */
    private final ExecutorService endings;

    private Replica(HikariDataSource pool) {
        this.pool = pool;
        this.endings = endings(pool.getMaximumPoolSize());
    }

    /**
     * Prepares the pool; the database may be down.
     *
     * @param url JDBC address with user and password
     * @param poolSize most connections at a time
     */
    public static Replica at(String url, int poolSize, MetricsTrackerFactory metrics) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("replica");
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(poolSize);
        config.setMinimumIdle(1);
        config.setIdleTimeout(30_000);
        config.setConnectionTimeout(1_000);
        config.setValidationTimeout(500);
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(false);
        config.setReadOnly(true);
        config.setConnectionInitSql("SET TIME ZONE 'UTC'");
        // Else a new connection waits in the transaction of that, whose now() is old when somebody comes.
        config.setIsolateInternalQueries(true);
        config.addDataSourceProperty("ApplicationName", "millrace-query-api");
        config.addDataSourceProperty("options", SESSION);
        config.addDataSourceProperty("connectTimeout", "2");
        // Longer than any statement: only a server that does not answer at all.
        config.addDataSourceProperty("socketTimeout", "10");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.setMetricsTrackerFactory(metrics);
        return new Replica(new HikariDataSource(config));
    }

    /**
     * Runs the work on one snapshot, and once more if the replica ended it in its own interest.
     *
     * @throws ReadException if there is no result
     */
    <T> T read(Work<T> work) {
        try {
            return readOnce(work);
        } catch (ReadException first) {
            if (!first.worthAnotherTry()) {
                throw first;
            }
            try {
                return readOnce(work);
            } catch (ReadException second) {
                second.addSuppressed(first);
                throw second;
            }
        }
    }

    private <T> T readOnce(Work<T> work) {
        Connection connection = connect();
        boolean done = false;
        try {
            T result = work.on(connection);
            done = true;
            return result;
        } catch (SQLException failure) {
            throw ReadException.of(failure);
        } finally {
            if (done) {
                endings.execute(() -> giveBack(connection, true));
            } else {
                giveBack(connection, false);
            }
        }
    }

    /** Nothing was written: what was read is as good if this fails. Without COMMIT the pool rolls back. */
    private static void giveBack(Connection connection, boolean commits) {
        try (connection) {
            if (commits) {
                connection.commit();
            }
        } catch (SQLException failure) {
            LOG.debug("connection lost at the end of a transaction: reason={}", failure.toString());
        }
    }

    private Connection connect() {
        try {
            return pool.getConnection();
        } catch (SQLException failure) {
            throw ReadException.noConnection(failure);
        }
    }

    @Override
    public void close() {
        endings.shutdown();
        pool.close();
    }

    /**
     * A thread for each connection, so that none waits for the line of another. Once they are shut down, whoever
     * comes does it by itself.
     */
    private static ExecutorService endings(int threads) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory daemons = task -> {
            Thread thread = new Thread(task, "replica-ending-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        return new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                daemons,
                (ending, stopped) -> ending.run());
    }

    /** What is done in one snapshot. May run more than once. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}

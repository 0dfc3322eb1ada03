package dev.millrace.query.read;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import java.sql.Connection;
import java.sql.SQLException;

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

    private final HikariDataSource pool;

    private Replica(HikariDataSource pool) {
        this.pool = pool;
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
        try (Connection connection = connect()) {
            T result = work.on(connection);
            connection.commit();
            return result;
        } catch (SQLException failure) {
            throw ReadException.of(failure);
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
        pool.close();
    }

    /** What is done in one snapshot. May run more than once. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}

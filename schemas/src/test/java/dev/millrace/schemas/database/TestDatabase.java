package dev.millrace.schemas.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fresh, migrated database on a real server that is started once per JVM, with the settings that
 * durability depends on switched on. Roles log in without a password.
 */
public final class TestDatabase implements AutoCloseable {
    public static final String OWNER = "millrace_owner";
    public static final String WRITER = "millrace_writer";
    public static final String READER = "millrace_reader";

    private static final AtomicInteger CREATED = new AtomicInteger();

    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    /** A new database with the whole schema. */
    public static TestDatabase create() {
        TestDatabase database = createEmpty();
        new Migrations(database.url(), OWNER, "").migrate();
        return database;
    }

    /** A new database without any table, owned by {@link #OWNER}. */
    public static TestDatabase createEmpty() {
        TestDatabase database = new TestDatabase("test_" + CREATED.incrementAndGet());
        executeAsSuperuser("CREATE DATABASE " + database.name + " OWNER " + OWNER);
        return database;
    }

    /** JDBC address without a user. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + Server.INSTANCE.getPort() + "/" + name;
    }

    public Connection connect(String role) throws SQLException {
        return DriverManager.getConnection(url(), role, "");
    }

    @Override
    public void close() {
        executeAsSuperuser("DROP DATABASE " + name + " WITH (FORCE)");
    }

    private static void executeAsSuperuser(String sql) {
        try (Connection connection = Server.INSTANCE.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    /** Started with the first database, ended with the JVM. */
    private static final class Server {
        static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "test-database-stop"));
                try (Connection connection = server.getPostgresDatabase().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("CREATE ROLE millrace_owner LOGIN");
                    statement.execute("GRANT pg_monitor, pg_checkpoint TO millrace_owner");
                    statement.execute("CREATE ROLE millrace_writer LOGIN");
                    statement.execute("CREATE ROLE millrace_reader LOGIN");
                }
                return server;
            } catch (IOException | SQLException failure) {
                throw new IllegalStateException("no test server", failure);
            }
        }

        private static void stop(EmbeddedPostgres server) {
            try {
                server.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}

package dev.millrace.schemas.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A fresh database on the {@link TestStack}, gone when closed. Roles log in without a password. */
public final class TestDatabase implements AutoCloseable {
    public static final String OWNER = "millrace_owner";
    public static final String WRITER = "millrace_writer";
    public static final String READER = "millrace_reader";

    /** Servers that run already may serve several builds at once. */
    private static final String PREFIX = "test_" + ProcessHandle.current().pid() + "_";

    private static final AtomicInteger CREATED = new AtomicInteger();

    private final PostgresServer server;
    private final String name;

    private TestDatabase(PostgresServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /** A new database with the whole schema. */
    public static TestDatabase create() {
        return copyOf(MigratedTemplate.name());
    }

    /** A new database without any table, owned by {@link #OWNER}. */
    public static TestDatabase createEmpty() {
        return copyOf("template1");
    }

    private static TestDatabase copyOf(String template) {
        PostgresServer server = TestStack.shared().postgres();
        String name = PREFIX + CREATED.incrementAndGet();
        server.executeAsSuperuser("DROP DATABASE IF EXISTS " + name);
        server.executeAsSuperuser("CREATE DATABASE " + name + " OWNER " + OWNER + " TEMPLATE " + template);
        return new TestDatabase(server, name);
    }

    /** Its name on its server. */
    String name() {
        return name;
    }

    /** JDBC address without a user. */
    public String url() {
        return server.url(name);
    }

    /** The same database by way of a proxy, or of anything else that leads to its server. */
    public String urlVia(int localPort) {
        return new PostgresServer("127.0.0.1", localPort).url(name);
    }

    /** Where the server listens. */
    public PostgresServer server() {
        return server;
    }

    public Connection connect(String role) throws SQLException {
        return DriverManager.getConnection(url(), role, "");
    }

    @Override
    public void close() {
        server.executeAsSuperuser("DROP DATABASE " + name + " WITH (FORCE)");
    }
}

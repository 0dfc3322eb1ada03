package dev.millrace.schemas.testing;

import org.testcontainers.postgresql.PostgreSQLContainer;

/** Postgres as its image starts it: fsync is on there. A class of its own, so that only its users need the jar. */
final class PostgresInContainer {
    private static final String IMAGE = "postgres:18";

    private PostgresInContainer() {}

    /** Ends with the JVM: Testcontainers sees to it. */
    static PostgresServer start() {
        PostgreSQLContainer container = new PostgreSQLContainer(IMAGE)
                .withUsername("postgres")
                .withDatabaseName("postgres")
                .withEnv("POSTGRES_HOST_AUTH_METHOD", "trust");
        container.start();
        return new PostgresServer(container.getHost(), container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT));
    }
}

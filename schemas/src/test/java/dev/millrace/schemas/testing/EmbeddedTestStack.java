package dev.millrace.schemas.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Real servers from jars, with the settings that durability depends on switched on. */
final class EmbeddedTestStack implements TestStack {
    @Override
    public PostgresServer postgres() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "test-postgres-stop"));
            return new PostgresServer("127.0.0.1", server.getPort());
        } catch (IOException failure) {
            throw new IllegalStateException("no embedded Postgres", failure);
        }
    }

    @Override
    public String bootstrapServers() {
        return EmbeddedBroker.start().bootstrapServers();
    }

    private static void stop(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

package dev.millrace.schemas.testing;

import org.testcontainers.DockerClientFactory;

/** The official images. Without a Docker engine every test that needs a server fails, none is skipped. */
final class ContainerTestStack implements TestStack {
    @Override
    public PostgresServer postgres() {
        requireDocker();
        return PostgresInContainer.start();
    }

    @Override
    public String bootstrapServers() {
        requireDocker();
        return KafkaInContainer.start();
    }

    private static void requireDocker() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new IllegalStateException(TestServices.VARIABLE + "=containers, but no Docker engine answers;"
                    + " start one, or leave the variable out to use embedded servers");
        }
    }
}

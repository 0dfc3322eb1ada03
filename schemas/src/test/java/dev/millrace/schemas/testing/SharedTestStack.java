package dev.millrace.schemas.testing;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chooses the servers when the first is asked for, prints the choice, and starts each once. Thread-safe. */
final class SharedTestStack implements TestStack {
    static final TestStack INSTANCE = new SharedTestStack(System.getenv());

    private final Map<String, String> environment;
    private @Nullable TestStack servers;
    private @Nullable PostgresServer postgres;
    private @Nullable String bootstrapServers;

    SharedTestStack(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public synchronized PostgresServer postgres() {
        if (postgres == null) {
            PostgresServer fresh = servers().postgres();
            fresh.createRoles();
            postgres = fresh;
        }
        return postgres;
    }

    @Override
    public synchronized String bootstrapServers() {
        if (bootstrapServers == null) {
            bootstrapServers = servers().bootstrapServers();
        }
        return bootstrapServers;
    }

    private TestStack servers() {
        if (servers == null) {
            TestServices chosen = TestServices.chosenBy(environment);
            System.out.printf("test services: %s (%s)%n", chosen.label(), TestServices.VARIABLE);
            servers = chosen.stack(environment);
        }
        return servers;
    }
}

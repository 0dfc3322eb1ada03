package dev.millrace.compose.stack;

import dev.millrace.compose.stack.StackException.Kind;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a process finds the stack: by its environment, and where a name is missing there, by what the
 * stack in a data directory says of itself. Passwords come from the directory's secrets.
 */
public final class StackSettings {
    private static final String BOOTSTRAP_SERVERS = "KAFKA_BOOTSTRAP_SERVERS";
    private static final String PRIMARY_URL = "PRIMARY_URL";
    private static final String REPLICA_URL = "REPLICA_URL";
    private static final String WRITER_URL = "SINK_WRITER_URL";
    private static final String OWNER_URL = "SINK_OWNER_URL";
    private static final String READER_URL = "QUERY_API_READER_URL";

    private final StackDirectory directory;
    private final Secrets secrets;

    /** @param directory where a stack runs, or does not */
    public StackSettings(StackDirectory directory) {
        this.directory = directory;
        this.secrets = new Secrets(directory.secrets());
    }

    /**
     * Completes an environment with what the migrations need: {@code PRIMARY_URL}.
     *
     * @throws StackException UNAVAILABLE if something is missing and no stack is ready here; so do
     *     the others
     */
    public Map<String, String> completeForMigrations(Map<String, String> environment) throws IOException {
        return complete(environment, List.of(PRIMARY_URL));
    }

    /** Where Kafka is: all that a publisher needs. */
    public String bootstrapServers(Map<String, String> environment) throws IOException {
        return complete(environment, List.of(BOOTSTRAP_SERVERS)).getOrDefault(BOOTSTRAP_SERVERS, "");
    }

    /** With what the sink needs. Not with its port, which the stack's own sink uses already. */
    public Map<String, String> completeForSink(Map<String, String> environment) throws IOException {
        return complete(environment, List.of(BOOTSTRAP_SERVERS, WRITER_URL, OWNER_URL));
    }

    /** With what the query API needs; not with its port, as above. */
    public Map<String, String> completeForQueryApi(Map<String, String> environment) throws IOException {
        return complete(environment, List.of(READER_URL));
    }

    /** The content of {@code DIR/env} for a stack on these ports. */
    Map<String, String> ofStack(Ports ports) throws IOException {
        String password = secrets.password(Role.OWNER);
        JdbcUrl primary = JdbcUrl.of(ports.primary(), RoleSetup.DATABASE, Role.OWNER.roleName(), password);
        JdbcUrl replica = JdbcUrl.of(ports.replica(), RoleSetup.DATABASE, Role.OWNER.roleName(), password);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(BOOTSTRAP_SERVERS, Ports.HOST + ":" + ports.kafka());
        settings.put(PRIMARY_URL, primary.withCredentials());
        settings.put(REPLICA_URL, replica.withCredentials());
        settings.put("PRIMARY_PSQL", primary.forLibpq());
        settings.put("REPLICA_PSQL", replica.forLibpq());
        settings.put("QUERY_API_URL", "http://" + Ports.HOST + ":" + ports.queryApi());
        settings.put("SINK_URL", "http://" + Ports.HOST + ":" + ports.sink());
        return settings;
    }

    /** What the stack's own sink gets. */
    Map<String, String> ofSink(Ports ports) throws IOException {
        Map<String, String> settings = ofProcesses(ofStack(ports));
        settings.put("SINK_PORT", Integer.toString(ports.sink()));
        settings.keySet().retainAll(List.of(BOOTSTRAP_SERVERS, WRITER_URL, OWNER_URL, "SINK_PORT"));
        return settings;
    }

    /** What the stack's own query API gets. */
    Map<String, String> ofQueryApi(Ports ports) throws IOException {
        Map<String, String> settings = ofProcesses(ofStack(ports));
        settings.put("QUERY_API_PORT", Integer.toString(ports.queryApi()));
        settings.keySet().retainAll(List.of(READER_URL, "QUERY_API_PORT"));
        return settings;
    }

    private Map<String, String> ofProcesses(Map<String, String> ofStack) throws IOException {
        JdbcUrl primary = JdbcUrl.parse(ofStack.getOrDefault(PRIMARY_URL, ""));
        JdbcUrl replica = JdbcUrl.parse(ofStack.getOrDefault(REPLICA_URL, ""));
        Map<String, String> settings = new HashMap<>(ofStack);
        settings.put(OWNER_URL, primary.withCredentials());
        settings.put(WRITER_URL, login(primary, Role.WRITER));
        settings.put(READER_URL, login(replica, Role.READER));
        return settings;
    }

    private String login(JdbcUrl database, Role role) throws IOException {
        return database.as(role.roleName(), secrets.password(role)).withCredentials();
    }

    private Map<String, String> complete(Map<String, String> environment, List<String> names) throws IOException {
        List<String> missing = names.stream()
                .filter(name -> environment.getOrDefault(name, "").isEmpty())
                .toList();
        if (missing.isEmpty()) {
            return environment;
        }
        Map<String, String> completed = new HashMap<>(environment);
        Map<String, String> found = ofProcesses(ofRunningStack(missing));
        found.keySet().retainAll(missing);
        completed.putAll(found);
        return completed;
    }

    private Map<String, String> ofRunningStack(List<String> missing) throws IOException {
        try {
            return new EnvironmentFile(directory.environment()).read();
        } catch (NoSuchFileException noStack) {
            throw new StackException(
                    Kind.UNAVAILABLE,
                    "no stack is ready in " + directory.root() + "; start one with 'millrace up', name its directory"
                            + " with --data, or set " + String.join(", ", missing));
        }
    }
}

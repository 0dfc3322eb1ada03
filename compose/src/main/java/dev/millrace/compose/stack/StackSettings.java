package dev.millrace.compose.stack;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the stack in a data directory says of itself, and what it tells its own services. Passwords
 * come from the directory's secrets.
 */
public final class StackSettings {
    /** All names that {@code DIR/env} can have. */
    public static final Set<String> NAMES = Set.of(
            "KAFKA_BOOTSTRAP_SERVERS",
            "PRIMARY_URL",
            "REPLICA_URL",
            "PRIMARY_PSQL",
            "REPLICA_PSQL",
            "QUERY_API_URL",
            "SINK_URL");

    private static final String BOOTSTRAP_SERVERS = "KAFKA_BOOTSTRAP_SERVERS";
    private static final String PRIMARY_URL = "PRIMARY_URL";
    private static final String REPLICA_URL = "REPLICA_URL";
    private static final String WRITER_URL = "SINK_WRITER_URL";
    private static final String OWNER_URL = "SINK_OWNER_URL";
    private static final String READER_URL = "QUERY_API_READER_URL";
    private static final String SINK_PORT = "SINK_PORT";
    private static final String QUERY_API_PORT = "QUERY_API_PORT";
    private static final String SECURITY_PROTOCOL = "KAFKA_SECURITY_PROTOCOL";
    private static final List<String> OWN_NAMES =
            List.of(BOOTSTRAP_SERVERS, SECURITY_PROTOCOL, WRITER_URL, OWNER_URL, READER_URL, SINK_PORT, QUERY_API_PORT);

    private final StackDirectory directory;
    private final Secrets secrets;

    /** @param directory where a stack runs, or does not */
    public StackSettings(StackDirectory directory) {
        this.directory = directory;
        this.secrets = new Secrets(directory.secrets());
    }

    /**
     * What the stack that runs here offers to other processes, by environment variable: addresses and
     * logins, not ports, which its own services use already. Empty if none is ready.
     *
     * @throws StackException UNAVAILABLE if one is ready whose passwords are missing
     */
    public Map<String, String> ofRunningStack() throws IOException {
        try {
            return ofProcesses(new EnvironmentFile(directory.environment()).read());
        } catch (NoSuchFileException noStack) {
            return Map.of();
        }
    }

    /** An environment without what a stack decides for its own services. */
    public static Map<String, String> withoutOwn(Map<String, String> environment) {
        Map<String, String> others = new HashMap<>(environment);
        for (String name : OWN_NAMES) {
            others.remove(name);
            others.remove(name + "_FILE");
        }
        return others;
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

    /** What a sink of the stack's own gets. */
    Map<String, String> ofSink(Ports ports, SinkChild sink) throws IOException {
        Map<String, String> settings = ofProcesses(ofStack(ports));
        settings.put(SINK_PORT, Integer.toString(sink.port()));
        settings.put(WRITER_URL, login(JdbcUrl.of(sink.writerPort(), RoleSetup.DATABASE, "", ""), Role.WRITER));
        // The user's own may be for another Kafka; this one speaks nothing else.
        settings.put(SECURITY_PROTOCOL, "PLAINTEXT");
        Map<String, String> all = new HashMap<>(sink.environment());
        all.putAll(only(settings, BOOTSTRAP_SERVERS, SECURITY_PROTOCOL, WRITER_URL, OWNER_URL, SINK_PORT));
        return all;
    }

    /** What the stack's own query API gets. */
    Map<String, String> ofQueryApi(Ports ports) throws IOException {
        Map<String, String> settings = ofProcesses(ofStack(ports));
        settings.put(QUERY_API_PORT, Integer.toString(ports.queryApi()));
        return only(settings, READER_URL, QUERY_API_PORT);
    }

    /** These alone; a {@code NAME_FILE} that the user set would contradict ours, and is emptied. */
    private static Map<String, String> only(Map<String, String> settings, String... names) {
        Map<String, String> chosen = new HashMap<>();
        for (String name : names) {
            chosen.put(name, settings.getOrDefault(name, ""));
            chosen.put(name + "_FILE", "");
        }
        return chosen;
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
}

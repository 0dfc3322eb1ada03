package dev.millrace.compose.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The processes of a stack whose launcher was killed, so that nobody brings back what a test ends.
 * Both servers keep their addresses over every change of roles: {@code former} is the primary that the
 * stack began with, {@code heir} its replica.
 */
final class LooseStack implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(30);

    private static final List<String> CHILDREN = List.of("query-api", "sink", "replica", "primary", "kafka");

    private final Path data;
    private final Map<String, String> environment;
    private final Map<String, ProcessHandle> children = new HashMap<>();

    private LooseStack(RunningMillrace millrace, Path data) throws IOException {
        this.data = data;
        environment = millrace.environment();
        for (String child : CHILDREN) {
            children.put(child, ProcessHandle.of(millrace.pid(child)).orElseThrow());
        }
    }

    /** Starts a whole stack and takes its launcher away. */
    static LooseStack start(Path data) throws Exception {
        RunningMillrace millrace = RunningMillrace.start(data);
        millrace.kill();
        return new LooseStack(millrace, data);
    }

    String bootstrapServers() {
        return environment.get("KAFKA_BOOTSTRAP_SERVERS");
    }

    /** The first primary, as owner. */
    String formerUrl() {
        return environment.get("PRIMARY_URL");
    }

    /** The replica, which is promoted later, as owner. */
    String heirUrl() {
        return environment.get("REPLICA_URL");
    }

    /** Both, the first primary first; the driver takes the first that is writable, and remembers nothing of them. */
    String bothUrl() {
        String heir = heirUrl().replaceFirst("jdbc:postgresql://([^/]*)/.*", "$1");
        return formerUrl().replaceFirst("(//[^/]*)/", "$1," + heir + "/")
                + "&targetServerType=primary&hostRecheckSeconds=0";
    }

    /** The same address with another role's login. */
    String as(String role, String ownerUrl) throws IOException {
        String password =
                Files.readString(data.resolve("secrets").resolve(role)).strip();
        return ownerUrl.replaceFirst("user=[^&]*&password=[^&]*", "user=" + role + "&password=" + password);
    }

    /** Ends a child in good order: a sink leaves its group, so that the next need not wait until Kafka misses it. */
    void stop(String child) {
        children.get(child).destroy();
        await().atMost(LIMIT).until(() -> !LifeIT.runs(children.get(child)));
    }

    /** Kills a child and everything below it, and returns when all of it is dead. */
    void kill(String child) {
        ProcessHandle process = children.get(child);
        List<ProcessHandle> all =
                Stream.concat(Stream.of(process), process.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        await().atMost(LIMIT).until(() -> all.stream().noneMatch(LifeIT::runs));
    }

    /** The replica receives nothing from now on. */
    void cutReplication() throws Exception {
        try (Connection replica = superuser(heirUrl());
                Connection primary = superuser(formerUrl())) {
            execute(replica, "ALTER SYSTEM SET primary_conninfo = 'host=127.0.0.1 port=1'");
            execute(replica, "SELECT pg_reload_conf()");
            await().atMost(LIMIT)
                    .until(() -> text(primary, "SELECT count(*) FROM pg_stat_replication")
                            .equals("0"));
        }
    }

    /** The program of both servers. */
    Path postgres() throws IOException {
        try (DirectoryStream<Path> programs = Files.newDirectoryStream(data, "postgres-*")) {
            return programs.iterator().next().resolve("bin/postgres");
        }
    }

    /** Data directory of the first primary. */
    Path formerData() {
        return data.resolve("primary");
    }

    /** The first primary keeps no WAL for a replica from now on; no replica may be connected. */
    void forgetReplica() throws Exception {
        try (Connection primary = superuser(formerUrl())) {
            execute(primary, "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
        }
    }

    /** Makes the replica a primary, on the next timeline. */
    void promote() throws Exception {
        try (Connection replica = superuser(heirUrl())) {
            execute(replica, "SELECT pg_promote()");
            System.out.printf(
                    "promoted: log file %s, timeline of the last checkpoint %s%n",
                    text(replica, "SELECT pg_walfile_name(pg_current_wal_lsn())"),
                    text(replica, "SELECT timeline_id FROM pg_control_checkpoint()"));
        }
    }

    /** Starts the first primary again, as it was when it died. */
    void startFormer() throws Exception {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(postgres().toString(), "-D", formerData().toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("logs/former.log").toFile());
        builder.environment().put("LC_ALL", "C");
        ProcessHandle killed = children.get("primary");
        // It refuses to start until the last of those that were killed is reaped.
        await().atMost(LIMIT).ignoreExceptions().until(() -> {
            if (!LifeIT.runs(children.get("primary"))) {
                children.put("primary", builder.start().toHandle());
            }
            try (Connection former = superuser(formerUrl())) {
                return text(former, "SELECT pg_is_in_recovery()").equals("f");
            }
        });
        assertThat(children.get("primary")).isNotEqualTo(killed);
    }

    /** Ends the connections of all sinks to a server. */
    void endSinkConnections(String ownerUrl) throws Exception {
        try (Connection connection = superuser(ownerUrl)) {
            execute(
                    connection,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'millrace_writer'");
        }
    }

    private Connection superuser(String ownerUrl) throws IOException, SQLException {
        return DriverManager.getConnection(as("postgres", ownerUrl));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> all = children.values().stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        await().atMost(LIMIT).until(() -> all.stream().noneMatch(LifeIT::runs));
    }
}

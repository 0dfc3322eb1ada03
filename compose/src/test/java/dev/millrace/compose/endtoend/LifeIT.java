package dev.millrace.compose.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.compose.endtoend.RunningMillrace.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A stack from its interrupted birth to its end, through all that can be killed. */
@TestMethodOrder(OrderAnnotation.class)
class LifeIT {
    private static final List<String> CHILDREN = List.of("kafka", "primary", "replica", "sink", "query-api");

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Set<String> PUBLISHED = new HashSet<>();

    @TempDir
    static Path directory;

    private static Path data;
    private static RunningMillrace millrace;

    @AfterAll
    static void stop() {
        millrace.close();
    }

    @Test
    @Order(1)
    void firstStartThatIsKilledAnywhereIsGoneOnWith() throws Exception {
        // Given
        data = directory.resolve("data");
        millrace = RunningMillrace.notStarted(data);
        FirstStart start = new FirstStart(data);
        for (String marker : FirstStart.MARKERS) {
            if (start.hasMade(marker)) {
                System.out.println("made together with the one before: " + marker);
                continue;
            }
            // When
            millrace.begin();
            await().pollInterval(Duration.ofMillis(1))
                    .atMost(LIMIT)
                    .until(() -> start.hasMade(marker) || start.hasMade("env") || !millrace.isRunning());
            assertThat(millrace.isRunning()).as(millrace.output()).isTrue();
            millrace.kill();
            System.out.println("first start killed at " + marker);
        }
        millrace.start();
        // Then
        try (Publishing publishing = new Publishing(millrace.setting("KAFKA_BOOTSTRAP_SERVERS"))) {
            PUBLISHED.addAll(publishing.end());
        }
        assertEverythingIsFound();
        try (Stream<Path> files = Files.walk(data, 2)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".new"));
        }
        assertThat(millrace.output()).contains("primary (pid", "was left by a run that was killed");
    }

    @Test
    @Order(2)
    void secondStackOnOneDirectoryIsRefusedAndTheFirstGoesOn() throws Exception {
        // When
        CommandResult second = RunningMillrace.runToEnd(millrace.upCommand());
        CommandResult fresh = RunningMillrace.runToEnd(millrace.upCommand("--fresh"));
        // Then
        for (CommandResult refused : List.of(second, fresh)) {
            assertThat(refused.err())
                    .singleElement()
                    .asString()
                    .startsWith("millrace: another 'millrace up' runs in " + data)
                    .contains("--data");
            assertThat(refused.exitCode()).isEqualTo(1);
        }
        assertThat(children().values()).allMatch(LifeIT::runs);
        assertEverythingIsFound();
    }

    @Test
    @Order(3)
    void childThatIsKilledComesBackAndNothingAcknowledgedIsLost() throws Exception {
        try (Publishing publishing = new Publishing(millrace.setting("KAFKA_BOOTSTRAP_SERVERS"))) {
            QueryClient query = new QueryClient(millrace.setting("QUERY_API_URL"));
            // A backend that computes does not notice that its server is dead.
            CompletableFuture<Void> busy = BusyBackend.start(millrace.setting("PRIMARY_URL"));
            for (String child : CHILDREN) {
                long pid = millrace.pid(child);
                long begin = System.nanoTime();
                // When
                ProcessHandle.of(pid).orElseThrow().destroyForcibly();
                String position = publishing.next().position().toString();
                // Then
                await().ignoreExceptions().atMost(LIMIT).until(() -> millrace.pid(child) != pid);
                await().ignoreExceptions()
                        .atMost(LIMIT)
                        .until(() -> query.get("/v1/events", "limit", "1", "wait_for", position)
                                        .status()
                                == 200);
                System.out.printf("%s killed, all was well after %.1f s%n", child, (System.nanoTime() - begin) / 1e9);
                assertThat(millrace.output()).contains(child + " ended by itself", "exit code 137");
            }
            assertThat(busy).isCompletedExceptionally();
            PUBLISHED.addAll(publishing.end());
        }
        System.out.println("acknowledged meanwhile: " + PUBLISHED.size());
        assertThat(millrace.output()).contains("ended what primary had left");
        assertEverythingIsFound();
    }

    @Test
    @Order(4)
    void replicaThatWasAwayForTooLongIsClonedAgain() throws Exception {
        try (Connection primary = superuser();
                Statement statement = primary.createStatement()) {
            // Given
            statement.execute("ALTER SYSTEM SET max_slot_wal_keep_size = '48MB'");
            statement.execute("SELECT pg_reload_conf()");
            List<ProcessHandle> frozen = freeze(millrace.pid("replica"));
            // When
            try {
                for (int segment = 0; segment < 6; segment++) {
                    statement.execute("SELECT pg_logical_emit_message(false, 'life', 'log'), pg_switch_wal()");
                }
                statement.execute("CHECKPOINT");
            } finally {
                signal("CONT", frozen);
            }
            // Then
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(millrace.output()).contains("replica cloned after"));
            statement.execute("ALTER SYSTEM RESET max_slot_wal_keep_size");
            statement.execute("SELECT pg_reload_conf()");
        }
        try (Publishing publishing = new Publishing(millrace.setting("KAFKA_BOOTSTRAP_SERVERS"))) {
            PUBLISHED.addAll(publishing.end());
        }
        assertThat(millrace.output()).contains("the primary no longer has the log that the replica needs");
        assertEverythingIsFound();
    }

    @Test
    @Order(5)
    void whatAKilledLauncherLeavesIsEndedByTheNextOne() throws Exception {
        // Given
        Map<String, ProcessHandle> left = children();
        // When
        millrace.kill();
        assertThat(left.values()).allMatch(LifeIT::runs);
        millrace.start();
        // Then
        assertThat(left.values()).noneMatch(LifeIT::runs);
        for (Map.Entry<String, ProcessHandle> child : left.entrySet()) {
            assertThat(millrace.output())
                    .contains(
                            child.getKey() + " (pid " + child.getValue().pid() + ") was left by a run that was killed");
        }
        assertEverythingIsFound();
    }

    @Test
    @Order(6)
    void killedServersAndReusedPidsStopNobody() throws Exception {
        Process foreign = new ProcessBuilder("sleep", "600").start();
        try {
            // Given: launcher, primary and sink are dead, one backend computes, and their pids belong to another
            CompletableFuture<Void> busy = BusyBackend.start(millrace.setting("PRIMARY_URL"));
            Map<String, ProcessHandle> children = children();
            millrace.kill();
            for (String child : List.of("primary", "sink")) {
                children.get(child).destroyForcibly();
                await().atMost(LIMIT).until(() -> !runs(children.get(child)));
            }
            replaceFirstLine(data.resolve("pids/sink"), foreign.pid());
            replaceFirstLine(data.resolve("identities/sink"), foreign.pid());
            replaceFirstLine(data.resolve("primary/postmaster.pid"), foreign.pid());
            // When
            millrace.start();
            // Then
            assertThat(foreign.isAlive()).isTrue();
            assertThat(busy).isCompletedExceptionally();
            assertThat(millrace.output())
                    .contains(
                            "ended what primary (pid " + children.get("primary").pid() + ") had left")
                    .doesNotContain("(pid " + foreign.pid() + ")");
            assertEverythingIsFound();
        } finally {
            foreign.destroyForcibly();
        }
    }

    @Test
    @Order(7)
    void terminationLeavesNoProcessAndNoRecord() throws Exception {
        // Given
        Map<String, ProcessHandle> children = children();
        // When
        millrace.stop();
        // Then
        assertThat(children.values()).noneMatch(LifeIT::runs);
        assertThat(data.resolve("pids")).isEmptyDirectory();
        assertThat(data.resolve("identities")).isEmptyDirectory();
    }

    @Test
    @Order(8)
    void databaseOfAnotherPostgresIsRefused() throws Exception {
        // Given
        Files.writeString(data.resolve("primary/PG_VERSION"), "17\n");
        // When
        CommandResult result = RunningMillrace.runToEnd(millrace.upCommand());
        // Then
        assertThat(result.err().stream().filter(line -> line.startsWith("millrace: ")))
                .singleElement()
                .asString()
                .contains("is of PostgreSQL 17, this is 18", "--fresh");
        assertThat(result.exitCode()).isEqualTo(2);
    }

    private static Connection superuser() throws Exception {
        String password = Files.readString(data.resolve("secrets/postgres")).strip();
        String url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(millrace.port(5433));
        return DriverManager.getConnection(url, "postgres", password);
    }

    private static List<ProcessHandle> freeze(long pid) throws Exception {
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> frozen =
                Stream.concat(Stream.of(server), server.descendants()).toList();
        signal("STOP", frozen);
        return frozen;
    }

    private static void signal(String signal, List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) {
            new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
    }

    private static void assertEverythingIsFound() throws Exception {
        QueryClient query = new QueryClient(millrace.setting("QUERY_API_URL"));
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(query.walk("limit", "1000").stream()
                                .map(event -> event.get("event_id").textValue())
                                .collect(Collectors.toSet()))
                        .isEqualTo(PUBLISHED));
    }

    private static Map<String, ProcessHandle> children() throws IOException {
        Map<String, ProcessHandle> children = new LinkedHashMap<>();
        for (String child : CHILDREN) {
            children.put(child, ProcessHandle.of(millrace.pid(child)).orElseThrow());
        }
        return children;
    }

    /** Not one that is dead and waits for a parent who reaps it. */
    static boolean runs(ProcessHandle process) {
        try {
            return process.isAlive()
                    && !Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"))
                            .contains(") Z ");
        } catch (IOException gone) {
            return false;
        }
    }

    private static void replaceFirstLine(Path file, long pid) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(0, Long.toString(pid));
        Files.writeString(file, String.join("\n", lines) + "\n");
    }
}

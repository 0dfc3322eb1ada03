package dev.millrace.compose.process;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes, which are shells that sleep. */
class SupervisorTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<String> announcements = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    private Supervisor supervisor;

    @BeforeEach
    void create() throws IOException {
        Files.createDirectory(directory.resolve("identities"));
        supervisor = new Supervisor(directory, records(), announcements::add);
    }

    @AfterEach
    void close() {
        supervisor.close();
    }

    @Test
    void childThatDiesIsStartedAgainAndAnnounced() throws IOException {
        // Given
        supervisor.keepRunning(shell("sleeper", "exec sleep 600"));
        long first = pid("sleeper");
        // When
        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        // Then
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(directory.resolve("sleeper")).exists();
            assertThat(pid("sleeper")).isNotEqualTo(first);
            assertThat(ProcessHandle.of(pid("sleeper"))).isPresent();
        });
        assertThat(announcements).singleElement().asString().contains("sleeper", "exit code 137");
    }

    @Test
    void whatAKilledChildLeavesIsEndedBeforeTheNextOneStarts() throws IOException {
        // Given
        // Like a backend: a session and a program of its own, at work in the server's directory.
        Path workplace = Files.createDirectory(directory.resolve("workplace"));
        Path program = Files.copy(Path.of("/bin/sleep"), directory.resolve("backend"), COPY_ATTRIBUTES);
        String script = "cd '%s'; setsid '%s' 600 & echo $! > ../left.new; mv ../left.new ../left; exec sleep 600"
                .formatted(workplace, program);
        supervisor.keepRunning(shell("server", script, workplace));
        Process visitor =
                new ProcessBuilder("sleep", "600").directory(workplace.toFile()).start();
        await().atMost(LIMIT).until(() -> Files.exists(directory.resolve("left")));
        long first = pid("server");
        ProcessHandle left = ProcessHandle.of(pid("left")).orElseThrow();
        // When
        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        // Then
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(directory.resolve("server")).exists();
            assertThat(pid("server")).isNotEqualTo(first);
        });
        assertThat(ProcessIdentity.of(left.pid())).isEmpty();
        assertThat(visitor.isAlive()).isTrue();
        visitor.destroyForcibly();
        assertThat(announcements).contains("ended what server had left, processes: 1");
    }

    @Test
    void childRunsOnlyWhenItIsOnRecord() throws IOException {
        // Given
        Path place = directory.resolve("identities");
        Files.delete(place);
        // When, then
        assertThatThrownBy(() -> supervisor.keepRunning(shell("unknown", "touch '" + directory + "/ran'")))
                .hasMessageContaining("cannot start unknown");
        supervisor.close();
        assertThat(directory.resolve("ran")).doesNotExist();
        assertThat(directory.resolve("unknown")).doesNotExist();
    }

    @Test
    void closingStopsAllInReverseOrderAndLeavesNoPidFile() throws IOException {
        // Given
        supervisor.keepRunning(shell("first", "exec sleep 600"));
        supervisor.keepRunning(shell("second", "exec sleep 600"));
        List<ProcessHandle> processes = List.of(
                ProcessHandle.of(pid("first")).orElseThrow(),
                ProcessHandle.of(pid("second")).orElseThrow());
        // When
        supervisor.close();
        // Then
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(announcements).hasSize(2);
        assertThat(announcements.get(0)).startsWith("second stopped");
        assertThat(announcements.get(1)).startsWith("first stopped");
        assertThat(directory.resolve("first")).doesNotExist();
        assertThat(directory.resolve("second")).doesNotExist();
    }

    @Test
    void childThatNeverStartsIsNamedWithItsLastWords() {
        // Given
        SupervisedChild child = supervisor.keepRunning(shell("broken", "echo no such thing; exit 3"));
        // When, then
        assertThatThrownBy(() -> supervisor.awaitReady(child, () -> false, LIMIT))
                .isInstanceOf(NotReadyException.class)
                .hasMessageContaining("broken does not start")
                .hasMessageContaining("no such thing");
    }

    @Test
    void failedTaskIsNamedWithItsLastWordsOnly() throws IOException {
        // Given
        Files.writeString(directory.resolve("task.log"), "words of an earlier run\n");
        // When, then
        assertThatThrownBy(() -> supervisor.runToEnd(shell("task", "echo disk on fire; exit 1")))
                .isInstanceOf(NotReadyException.class)
                .hasMessageContaining("disk on fire")
                .hasMessageNotContaining("earlier run");
    }

    @Test
    void nothingStartsAfterClosing() {
        // Given
        supervisor.close();
        // When, then
        assertThatThrownBy(() -> supervisor.keepRunning(shell("late", "exec sleep 600")))
                .isInstanceOf(CancellationException.class);
    }

    private ChildRecords records() {
        return new ChildRecords(directory, directory, directory.resolve("identities"));
    }

    private long pid(String name) throws IOException {
        return Long.parseLong(Files.readString(directory.resolve(name)).strip());
    }

    private static ChildCommand shell(String name, String script) {
        return shell(name, script, null);
    }

    private static ChildCommand shell(String name, String script, @Nullable Path workplace) {
        Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin");
        return new ChildCommand(name, List.of("sh", "-c", script), environment, List.of("TERM"), workplace);
    }
}

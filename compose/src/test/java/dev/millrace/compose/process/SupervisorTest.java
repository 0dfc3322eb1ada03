package dev.millrace.compose.process;

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
    void create() {
        supervisor = new Supervisor(directory, directory, announcements::add);
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

    private long pid(String name) throws IOException {
        return Long.parseLong(Files.readString(directory.resolve(name)).strip());
    }

    private static ChildCommand shell(String name, String script) {
        return new ChildCommand(name, List.of("sh", "-c", script), Map.of("PATH", "/usr/bin:/bin"), List.of("TERM"));
    }
}

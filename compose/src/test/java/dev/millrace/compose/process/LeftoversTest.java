package dev.millrace.compose.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes, which are sleeping shells, and the records that a killed run would have left. */
class LeftoversTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final List<String> announcements = new CopyOnWriteArrayList<>();
    private final List<Process> processes = new ArrayList<>();

    @TempDir
    private Path directory;

    private ChildRecords records;

    @BeforeEach
    void create() throws IOException {
        records = new ChildRecords(
                directory,
                Files.createDirectory(directory.resolve("pids")),
                Files.createDirectory(directory.resolve("identities")));
    }

    @AfterEach
    void endAll() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void processThatWasLeftIsAskedToEndBySignalOfItsKind() throws IOException {
        // Given
        // Not INT: whoever starts a build in the background has it ignored, and a shell cannot trap it then.
        Process server = start("trap 'echo ALRM > asked; exit' ALRM; trap 'echo TERM > asked; exit' TERM;"
                + " touch ready; while :; do sleep 0.05; done");
        awaitFile("ready");
        records.write(new ChildRecord("server", identity(server), List.of("ALRM", "TERM"), null));
        // When
        new Leftovers(records, announcements::add).end();
        // Then
        assertThat(ProcessIdentity.of(server.pid())).isEmpty();
        assertThat(directory.resolve("asked")).hasContent("ALRM");
        assertThat(announcements.get(0)).contains("server (pid " + server.pid() + ")", "run that was killed");
        assertThat(records.pids()).isEmptyDirectory();
        assertThat(records.identities()).isEmptyDirectory();
    }

    @Test
    void processThatWasGivenTheOldPidIsLeftAlone() throws IOException {
        // Given
        Process foreign = start("exec sleep 600");
        ProcessIdentity older =
                new ProcessIdentity(foreign.pid(), identity(foreign).birth() + "0");
        records.write(new ChildRecord("server", older, List.of("TERM"), null));
        // When
        new Leftovers(records, announcements::add).end();
        // Then
        assertThat(foreign.isAlive()).isTrue();
        assertThat(announcements).isEmpty();
        assertThat(records.pids()).isEmptyDirectory();
        assertThat(records.identities()).isEmptyDirectory();
    }

    @Test
    void pidAloneIsNoProof() throws IOException {
        // Given
        Process foreign = start("exec sleep 600");
        Files.writeString(records.pids().resolve("server"), foreign.pid() + "\n");
        Files.writeString(records.identities().resolve("server"), foreign.pid() + "\n");
        // When
        new Leftovers(records, announcements::add).end();
        // Then
        assertThat(foreign.isAlive()).isTrue();
        assertThat(records.pids()).isEmptyDirectory();
    }

    @Test
    void youngestIsEndedFirst() throws IOException {
        // Given
        for (String name : List.of("first", "second", "third")) {
            records.write(new ChildRecord(name, identity(start("exec sleep 600")), List.of("TERM"), null));
            long ageMillis = System.currentTimeMillis() - 1_000L * (10 - processes.size());
            assertThat(records.identities().resolve(name).toFile().setLastModified(ageMillis))
                    .isTrue();
        }
        // When
        new Leftovers(records, announcements::add).end();
        // Then
        assertThat(announcements.stream().filter(line -> line.contains("ended after")))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("third"),
                        line -> assertThat(line).startsWith("second"),
                        line -> assertThat(line).startsWith("first"));
    }

    @Test
    void nameOfAProgramMayHoldWhatSeparatesFields() {
        // When
        ProcessStatus status =
                ProcessStatus.parse("42 (a) Z (b) S 1 42 41 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 987654 1000 2 3");
        // Then
        assertThat(status).isEqualTo(new ProcessStatus('S', 1, 987_654, 5 + 6 + 7 + 8));
    }

    @Test
    void processIsDeadWhenItsLastThreadIs() {
        // Then: a broker's first thread ends before those that close its ports
        assertThat(new ProcessStatus('Z', 2, 987_654, 0).isDead()).isFalse();
        assertThat(new ProcessStatus('Z', 1, 987_654, 0).isDead()).isTrue();
        assertThat(new ProcessStatus('S', 1, 987_654, 0).isDead()).isFalse();
    }

    private Process start(String script) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", script)
                .directory(directory.toFile())
                .start();
        processes.add(process);
        return process;
    }

    private void awaitFile(String name) {
        await().atMost(LIMIT).until(() -> Files.exists(directory.resolve(name)));
    }

    private static ProcessIdentity identity(Process process) {
        return ProcessIdentity.of(process.pid()).orElseThrow();
    }
}

package dev.millrace.compose.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmasterLockTest {
    @TempDir
    private Path data;

    private Process process;
    private Path file;

    @BeforeEach
    void create() {
        file = data.resolve("postmaster.pid");
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void pidThatSomebodyElseHasByNowIsReplacedAndTheRestStays() throws IOException {
        // Given
        lockFor(new ProcessBuilder("sleep", "600"));
        // When
        new PostmasterLock(data).disownReusedPid();
        // Then
        assertThat(file).hasContent("2147483647\n/data\n1795368000\n5433\n");
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void lockOfAProcessThatWorksInTheDirectoryStays() throws IOException {
        // Given
        lockFor(new ProcessBuilder("sleep", "600").directory(data.toFile()));
        // When
        new PostmasterLock(data).disownReusedPid();
        // Then
        assertThat(file).hasContent(process.pid() + "\n/data\n1795368000\n5433\n");
    }

    private void lockFor(ProcessBuilder builder) throws IOException {
        process = builder.start();
        Files.writeString(file, process.pid() + "\n/data\n1795368000\n5433\n");
    }
}

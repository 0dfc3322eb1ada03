package dev.millrace.compose.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PipeReaderTest {
    @TempDir
    Path directory;

    @Test
    @EnabledOnOs(OS.LINUX)
    void readerThatEndsIsNoticedThoughNothingIsWritten() throws Exception {
        // Given
        Process cat = new ProcessBuilder("cat").start();
        PipeReader reader = new PipeReader(endOfOurs(cat));
        assertThat(reader.hasLeft()).isFalse();
        // When
        cat.destroy();
        // Then
        await().atMost(Duration.ofSeconds(10)).until(reader::hasLeft);
    }

    @Test
    void fileHasNoReaderThatCouldLeave() throws Exception {
        // Given
        Path file = Files.createFile(directory.resolve("out"));
        // When
        PipeReader reader = new PipeReader(Files.createSymbolicLink(directory.resolve("link"), file));
        // Then
        assertThat(reader.hasLeft()).isFalse();
    }

    /** Our end of the pipe that a process reads. */
    private static Path endOfOurs(Process process) throws IOException {
        Path pipe = Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/fd/0"));
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .filter(descriptor -> leadsTo(pipe, descriptor))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static boolean leadsTo(Path pipe, Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).equals(pipe);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}

package dev.millrace.compose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that users call, on machines without the right Java. It looks at that before all else. */
class LauncherTest {
    private static final Path LAUNCHER = Path.of("..", "millrace").toAbsolutePath();

    @TempDir
    private Path directory;

    @Test
    void olderJavaIsRefusedWithTheVersionThatIsNeeded() throws Exception {
        // Given
        Path home = javaHome("echo 'openjdk version \"11.0.27\" 2025-04-15' >&2");
        // When
        Ended ended = launch(home, System.getenv("PATH"));
        // Then
        ended.assertRefused("version 11", "JDK 17 or newer", "JAVA_HOME");
    }

    @Test
    void javaOfTheOldWayToCountIsRefusedToo() throws Exception {
        // Given
        Path home = javaHome("echo 'java version \"1.8.0_451\"' >&2");
        // When
        Ended ended = launch(home, System.getenv("PATH"));
        // Then
        ended.assertRefused("JDK 17 or newer");
    }

    @Test
    void javaThatDoesNotRunIsRefused() throws Exception {
        // Given
        Path home = javaHome("echo 'cannot execute: wrong machine' >&2; exit 126");
        // When
        Ended ended = launch(home, System.getenv("PATH"));
        // Then
        ended.assertRefused("version unknown", "JDK 17 or newer");
    }

    @Test
    void homeWithoutJavaIsRefused() throws Exception {
        // When
        Ended ended = launch(directory, System.getenv("PATH"));
        // Then
        ended.assertRefused("has no bin/java", "JDK 17 or newer");
    }

    @Test
    void machineWithoutJavaIsRefused() throws Exception {
        // Given
        Path programs = Files.createDirectory(directory.resolve("programs"));
        for (String program : List.of("bash", "env", "dirname", "readlink", "sed", "head")) {
            Files.createSymbolicLink(programs.resolve(program), onPath(program));
        }
        // When
        Ended ended = launch(null, programs.toString());
        // Then
        ended.assertRefused("no java on the PATH", "JDK 17 or newer");
    }

    private Path javaHome(String script) throws IOException {
        Path java = Files.createDirectories(directory.resolve("home/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return directory.resolve("home");
    }

    private static Path onPath(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(place -> Path.of(place, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private static Ended launch(@Nullable Path javaHome, String path) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(LAUNCHER.toString(), "up");
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("PATH", path);
        if (javaHome != null) {
            builder.environment().put("JAVA_HOME", javaHome.toString());
        }
        Process process = builder.start();
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), error.lines().toList());
    }

    private record Ended(int exitCode, List<String> error) {
        void assertRefused(String... words) {
            assertThat(error)
                    .singleElement()
                    .asString()
                    .startsWith("millrace: ")
                    .contains(words);
            assertThat(exitCode).isEqualTo(ExitCode.USAGE);
        }
    }
}

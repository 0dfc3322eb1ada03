package dev.millrace.compose.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.compose.endtoend.RunningMillrace.CommandResult;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code up} cannot work with: one clear line each, the right exit code, and nothing left. */
class RefusedStartIT {
    @TempDir
    Path directory;

    @Test
    void portThatIsTakenIsNamedWithItsServiceAndAWayOut() throws Exception {
        // Given
        RunningMillrace millrace = RunningMillrace.notStarted(directory.resolve("data"));
        int port = millrace.port(8082);
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            // When
            CommandResult result = RunningMillrace.runToEnd(millrace.upCommand());
            // Then
            assertRefused(result, 4, port + " (the sink)", "--port-offset");
            assertThat(directory.resolve("data/kafka")).isEmptyDirectory();
        }
    }

    /** The first is full at once, the others while Postgres is unpacked and while a database is made. */
    @ParameterizedTest
    @ValueSource(strings = {"16k", "20m", "80m"})
    void fullDiskIsNamed(String size) throws Exception {
        // Given
        Path disk = Files.createDirectory(directory.resolve("disk"));
        List<String> ownMount = List.of("unshare", "--user", "--map-root-user", "--mount");
        assumeWorks("mounting a small file system", ownMount, "mount -t tmpfs -o size=" + size + " none " + disk);
        RunningMillrace millrace = RunningMillrace.notStarted(disk.resolve("data"));
        // When
        CommandResult result = inside(
                ownMount,
                "mount -t tmpfs -o size=" + size + " none '" + disk + "' && exec \"$@\"",
                millrace.upCommand());
        // Then
        assertRefused(result, 4, "the disk of " + disk.resolve("data") + " is full", "--data");
    }

    @Test
    void rootWithoutUserNamespacesIsToldWhatToDo() throws Exception {
        // Given: a namespace with a limit of its own; that of the machine stays
        List<String> ownNamespace = List.of("unshare", "--user", "--map-root-user");
        String forbid = "echo 0 > /proc/sys/user/max_user_namespaces";
        assumeWorks("forbidding user namespaces", ownNamespace, forbid + " && ! unshare -U true");
        RunningMillrace millrace = RunningMillrace.notStarted(directory.resolve("data"));
        // When
        CommandResult result = inside(ownNamespace, forbid + " && exec \"$@\"", millrace.upCommand());
        // Then
        assertRefused(result, 4, "does not run as root", "unshare -U", "run Millrace as an ordinary user");
    }

    @Test
    void directoryOfAnotherVersionIsRefused() throws Exception {
        // Given
        Path data = Files.createDirectory(directory.resolve("data"));
        Files.writeString(data.resolve("version"), "999\n");
        // When
        CommandResult result =
                RunningMillrace.runToEnd(RunningMillrace.notStarted(data).upCommand());
        // Then
        assertRefused(result, 2, "another version of Millrace (999", "--fresh");
    }

    private static void assertRefused(CommandResult result, int exitCode, String... words) {
        System.out.println(String.join("\n", result.err()));
        assertThat(result.err().stream().filter(line -> line.startsWith("millrace: ")))
                .singleElement()
                .asString()
                .contains(words);
        assertThat(result.err().get(result.err().size() - 1)).startsWith("millrace: ");
        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.out()).isEmpty();
    }

    /** Runs a script in namespaces of its own, with a command line as its arguments. */
    private static CommandResult inside(List<String> namespaces, String script, List<String> command) throws Exception {
        List<String> line = new ArrayList<>(namespaces);
        line.addAll(List.of("sh", "-c", script, "sh"));
        line.addAll(command);
        return RunningMillrace.runToEnd(line);
    }

    private static void assumeWorks(String what, List<String> namespaces, String script) throws Exception {
        CommandResult result = inside(namespaces, script, List.of());
        if (result.exitCode() != 0) {
            System.out.println("NOT TESTED, since " + what + " does not work here: " + result.err());
        }
        assumeTrue(result.exitCode() == 0, what + " does not work here");
    }
}

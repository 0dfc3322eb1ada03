package dev.millrace.compose.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.compose.stack.EnvironmentFile;
import dev.millrace.compose.stack.StackDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The distribution as a user runs it: {@code millrace up} and other commands, each a process. */
final class RunningMillrace implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final int[] PORTS = {9092, 9093, 5433, 5434, 8080, 8082};

    private final Path data;
    private final Path output;
    private final int portOffset = freePortOffset();
    private Process launcher;

    private RunningMillrace(Path data) {
        this.data = data;
        this.output = data.resolveSibling(data.getFileName() + "-up.log");
    }

    static RunningMillrace start(Path data) throws Exception {
        RunningMillrace millrace = new RunningMillrace(data);
        millrace.start();
        return millrace;
    }

    /** Starts {@code up} and returns when {@code DIR/env} is there. */
    void start() throws Exception {
        List<String> command = command("up", "--port-offset", Integer.toString(portOffset));
        launcher = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        long begin = System.nanoTime();
        while (!Files.exists(environmentFile())) {
            if (System.nanoTime() - begin > READY_LIMIT.toNanos() || launcher.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("millrace up did not become ready:\n" + Files.readString(output));
            }
        }
        System.out.printf("millrace up was ready after %.1f s%n", (System.nanoTime() - begin) / 1e9);
    }

    /** What {@code DIR/env} says. */
    String setting(String name) throws IOException {
        return environment().get(name);
    }

    Map<String, String> environment() throws IOException {
        return new EnvironmentFile(environmentFile()).read();
    }

    /** Pid of a child, by the name of its pid file. */
    long pid(String name) throws IOException {
        return Long.parseLong(
                Files.readString(data.resolve("pids").resolve(name)).strip());
    }

    /** Runs another command against this stack to its end. */
    CommandResult run(String command, Path input) throws Exception {
        Path out = Files.createTempFile("millrace", ".out");
        Path err = Files.createTempFile("millrace", ".err");
        Process process = new ProcessBuilder(command(command, input.toString()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        CommandResult result = new CommandResult(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
        Files.delete(out);
        Files.delete(err);
        return result;
    }

    /** What a command left behind. */
    record CommandResult(int exitCode, List<String> out, List<String> err) {}

    /** Stops it as Ctrl-C would, and checks that nothing is left. */
    void stop() {
        List<ProcessHandle> children = launcher.descendants().toList();
        launcher.destroy();
        assertThat(launcher.onExit()).as("millrace up ends within a minute").succeedsWithin(Duration.ofMinutes(1));
        assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        assertThat(environmentFile()).doesNotExist();
    }

    @Override
    public void close() {
        if (launcher.isAlive()) {
            stop();
        }
    }

    private Path environmentFile() {
        return new StackDirectory(data).environment();
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of(System.getProperty("millrace.distribution"), "lib", "*").toString(),
                "dev.millrace.compose.cli.MillraceCommand"));
        Stream.of(arguments).forEach(command::add);
        command.addAll(List.of("--data", data.toString()));
        return command;
    }

    private static int freePortOffset() {
        while (true) {
            // Below the ports that connections begin from, which come and go.
            int offset = ThreadLocalRandom.current().nextInt(1_000, 23_000);
            boolean free = true;
            for (int port : PORTS) {
                free &= isFree(port + offset);
            }
            if (free) {
                return offset;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}

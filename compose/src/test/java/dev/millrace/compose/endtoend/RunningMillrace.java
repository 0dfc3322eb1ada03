package dev.millrace.compose.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.compose.stack.EnvironmentFile;
import dev.millrace.compose.stack.StackDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The distribution as a user runs it: {@code millrace up} and other commands, each a process. */
final class RunningMillrace implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    private static final FileTime NEVER = FileTime.fromMillis(0);

    /** Of the JVM of tests, and good for what they start as well: none of it runs for long. */
    private static final List<String> JAVA_OPTIONS = Stream.of(
                    System.getProperty("millrace.tests.jvm", "").split(" "))
            .filter(Predicate.not(String::isBlank))
            .toList();

    /** Inherited by broker and query API; the sink has it anyway. */
    private static final Map<String, String> JAVA_OF_CHILDREN =
            JAVA_OPTIONS.isEmpty() ? Map.of() : Map.of("JDK_JAVA_OPTIONS", String.join(" ", JAVA_OPTIONS));

    private static final int[] PORTS = {9092, 9093, 5433, 5434, 8080, 8082};

    private final Path data;
    private final Path output;
    private final int portOffset = freePortOffset();
    private final Map<String, String> additions;
    private Process launcher;

    private RunningMillrace(Path data, Map<String, String> additions) {
        this.data = data;
        this.additions = additions;
        this.output = data.resolveSibling(data.getFileName() + "-up.log");
    }

    static RunningMillrace start(Path data) throws Exception {
        return start(data, Map.of());
    }

    /** With settings in the environment besides. */
    static RunningMillrace start(Path data, Map<String, String> environment) throws Exception {
        UnpackedPostgres.giveTo(data);
        RunningMillrace millrace = new RunningMillrace(data, environment);
        millrace.start();
        UnpackedPostgres.takeFrom(data);
        return millrace;
    }

    /** On a directory and on free ports, with nothing running. */
    static RunningMillrace notStarted(Path data) {
        return new RunningMillrace(data, Map.of());
    }

    /** Starts {@code up} and returns at once. */
    void begin() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(upCommand())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(JAVA_OF_CHILDREN);
        builder.environment().putAll(additions);
        launcher = builder.start();
    }

    /** Starts {@code up} and returns when {@code DIR/env} is there, and is not that of a killed run. */
    void start() throws Exception {
        FileTime old = modified(environmentFile());
        begin();
        long begin = System.nanoTime();
        while (modified(environmentFile()).equals(NEVER)
                || modified(environmentFile()).equals(old)) {
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

    /** Kills the launcher, which cannot stop its children then, and returns when it is dead. */
    void kill() {
        launcher.destroyForcibly().onExit().join();
    }

    /** Whether the launcher runs, ready or not. */
    boolean isRunning() {
        return launcher.isAlive();
    }

    /** All that {@code up} has said, in all its runs. */
    String output() throws IOException {
        return Files.readString(output);
    }

    /** The command line of an {@code up} on this directory and these ports. */
    List<String> upCommand(String... more) {
        List<String> command = command("up", "--port-offset", Integer.toString(portOffset));
        command.addAll(List.of(more));
        return command;
    }

    /** A port of this stack, by the port it has without an offset. */
    int port(int usual) {
        return usual + portOffset;
    }

    /** Runs another command against this stack to its end. */
    CommandResult run(String command, Path input) throws Exception {
        return runToEnd(command(command, input.toString()));
    }

    /** Runs any command line to its end. */
    static CommandResult runToEnd(List<String> command) throws Exception {
        return runToEnd(command, Duration.ofMinutes(5));
    }

    /** The same with a Java for what does not run for long, for its children as well. */
    static CommandResult runShortLived(List<String> command) throws Exception {
        return runToEnd(command, Duration.ofMinutes(5), JAVA_OF_CHILDREN);
    }

    /** The same as {@link #runToEnd(List)} with another limit than five minutes. */
    static CommandResult runToEnd(List<String> command, Duration limit) throws Exception {
        return runToEnd(command, limit, Map.of());
    }

    private static CommandResult runToEnd(List<String> command, Duration limit, Map<String, String> environment)
            throws Exception {
        Path out = Files.createTempFile("millrace", ".out");
        Path err = Files.createTempFile("millrace", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroy();
            throw new AssertionError(command + " does not end:\n" + Files.readString(err));
        }
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

    /** How to run another command against this stack. */
    List<String> command(String... arguments) {
        List<String> command = shortCommandLine(arguments);
        command.addAll(List.of("--data", data.toString()));
        return command;
    }

    /** How to run a command of the distribution. */
    static List<String> commandLine(String... arguments) {
        return commandLine(List.of(), arguments);
    }

    /** How to run one that ends soon, or does little itself. */
    static List<String> shortCommandLine(String... arguments) {
        return commandLine(JAVA_OPTIONS, arguments);
    }

    private static List<String> commandLine(List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(
                Path.of(System.getProperty("millrace.distribution"), "lib", "*").toString());
        command.add("dev.millrace.compose.cli.MillraceCommand");
        command.addAll(List.of(arguments));
        return command;
    }

    private static FileTime modified(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file);
        } catch (NoSuchFileException none) {
            return NEVER;
        }
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

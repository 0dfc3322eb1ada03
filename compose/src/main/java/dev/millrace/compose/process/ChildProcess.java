package dev.millrace.compose.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One process that we started, from its start to its end. Its output is appended to a log. Safe for
 * use by several threads.
 */
final class ChildProcess {
    /** A broker or a database closes its files in this time, or it hangs. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    /** Keeps the terminal's Ctrl-C from the children, which are to end in order. */
    private static final List<String> OWN_SESSION = onPath("setsid") ? List.of("setsid") : List.of();

    private final ChildCommand command;
    private final Process process;
    private final Path pidFile;

    private ChildProcess(ChildCommand command, Process process, Path pidFile) {
        this.command = command;
        this.process = process;
        this.pidFile = pidFile;
    }

    /** Starts it and writes its pid file, which goes again when it ends. */
    static ChildProcess start(ChildCommand command, Path log, Path pidFile) {
        List<String> line = new ArrayList<>(OWN_SESSION);
        line.addAll(command.command());
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        try {
            Process process = builder.start();
            // setsid and unshare become the program itself, so this is the program's own pid.
            Path unfinished = pidFile.resolveSibling(pidFile.getFileName() + ".new");
            Files.writeString(unfinished, process.pid() + "\n");
            Files.move(unfinished, pidFile, StandardCopyOption.ATOMIC_MOVE);
            return new ChildProcess(command, process, pidFile);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot start " + command, failure);
        }
    }

    /** Completes with the exit code when the process has ended and its pid file is gone. */
    CompletableFuture<Integer> ended() {
        return process.onExit().thenApply(ended -> {
            removePidFile();
            return ended.exitValue();
        });
    }

    /** Asks it to end, ever less gently, and waits until it has. Does nothing when it has ended. */
    void stop() {
        try {
            for (String signal : command.stopSignals()) {
                send(signal);
                if (process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                    removePidFile();
                    return;
                }
            }
            process.destroyForcibly().waitFor();
            removePidFile();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void send(String signal) throws InterruptedException {
        if (!process.isAlive()) {
            return;
        }
        try {
            // Java itself can send TERM and KILL only; a shell has kill built in.
            new ProcessBuilder("sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException noShell) {
            process.destroy();
        }
    }

    private void removePidFile() {
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    private static boolean onPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator)).anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }
}

package dev.millrace.compose.process;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * One process that we started, from its start to its end. Its output is appended to a log. Safe for
 * use by several threads.
 */
final class ChildProcess {
    /** Keeps the terminal's Ctrl-C from the children, which are to end in order. */
    private static final List<String> OWN_SESSION = onPath("setsid") ? List.of("setsid") : List.of();

    /**
     * Waits for a line before it becomes the program. If we are killed before the process is on
     * record, the line never comes and the process ends, so none runs that nobody could find.
     */
    private static final List<String> GATE = List.of("sh", "-c", "IFS= read -r go && exec \"$@\" </dev/null", "sh");

    private final ChildCommand command;
    private final Process process;
    private final ProcessIdentity identity;
    private final ChildRecords records;

    private ChildProcess(ChildCommand command, Process process, ProcessIdentity identity, ChildRecords records) {
        this.command = command;
        this.process = process;
        this.identity = identity;
        this.records = records;
    }

    /** Puts it on record and starts it; the record goes again when it ends. */
    static ChildProcess start(ChildCommand command, Path log, ChildRecords records) {
        List<String> line = new ArrayList<>(OWN_SESSION);
        line.addAll(GATE);
        line.addAll(command.command());
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        try {
            Process process = builder.start();
            return recorded(command, process, records);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot start " + command, failure);
        }
    }

    /** setsid, the gate and unshare become the program itself, so this is the program's own pid. */
    private static ChildProcess recorded(ChildCommand command, Process process, ChildRecords records)
            throws IOException {
        try (OutputStream gate = process.getOutputStream()) {
            ProcessIdentity identity = ProcessIdentity.of(process.pid())
                    .orElseThrow(() -> new IOException("it ended at once, with exit code " + exitCode(process)));
            records.write(new ChildRecord(command.name(), identity, command.stopSignals(), command.workplace()));
            gate.write('\n');
            gate.flush();
            return new ChildProcess(command, process, identity, records);
        } catch (IOException failure) {
            process.destroyForcibly();
            records.remove(command.name());
            throw failure;
        }
    }

    /** Completes with the exit code when the process has ended and its record is gone. */
    CompletableFuture<Integer> ended() {
        return process.onExit().thenApply(ended -> {
            records.remove(command.name());
            return ended.exitValue();
        });
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Asks it to end, ever less gently, and waits until it has. Does nothing when it has ended. */
    void stop() {
        try {
            Ending.end(identity, command.stopSignals());
            process.waitFor();
            endDescendants();
            records.remove(command.name());
        } catch (InterruptedException | CancellationException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends what it left, once it has ended itself. */
    int endDescendants() {
        return new Descendants(command.workplace(), records.home()).end();
    }

    private static String exitCode(Process process) {
        return process.isAlive() ? "unknown" : Integer.toString(process.exitValue());
    }

    private static boolean onPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator)).anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }
}

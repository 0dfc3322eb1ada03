package dev.millrace.compose.endtoend;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy of a primary on a disk of its own that is soon full: a tmpfs that only a shell and its
 * children see, so nothing is left of it when they are dead. Not thread-safe.
 */
final class SmallDisk implements AutoCloseable {
    private static final List<String> OWN_MOUNTS = List.of("unshare", "--user", "--map-root-user", "--mount");

    private final Process shell;
    private final BufferedReader answers;
    private final Writer commands;
    private final Path log;
    private ProcessHandle server;

    /**
     * Mounts it, with a ballast file, and copies the primary, which must be stopped.
     *
     * @param directory for the mount point, for the log, and for WAL that is not on the small disk
     */
    SmallDisk(Path directory, LooseStack stack) throws IOException {
        log = directory.resolve("small-disk.log");
        Path disk = Files.createDirectories(directory.resolve("small-disk"));
        List<String> command = new ArrayList<>(OWN_MOUNTS);
        command.addAll(List.of("sh", "-s", stack.postgres().toString(), log.toString()));
        command.addAll(List.of(stack.formerData().toString(), disk.toString()));
        command.add(directory.resolve("wal").toString());
        shell = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        server = shell.toHandle();
        answers = shell.inputReader(StandardCharsets.UTF_8);
        commands = shell.outputWriter(StandardCharsets.UTF_8);
        run("postgres=$1 log=$2 original=$3 disk=$4 wal=$5 data=$4/primary");
        run("mount -t tmpfs -o size=220m none \"$disk\"");
        run("head -c 60M /dev/zero > \"$disk/ballast\"");
        run("cp -a \"$original\" \"$data\"");
        // Other segments are recycled, so checkpoints give back what they can.
        run("printf \"max_wal_size = 32MB\\nmin_wal_size = 32MB\\n\"" + " >> \"$data/postgresql.conf\"");
    }

    /** Whether this machine lets us mount one; it prints why not. */
    static boolean works() throws Exception {
        List<String> command = new ArrayList<>(OWN_MOUNTS);
        command.addAll(List.of("sh", "-c", "mount -t tmpfs -o size=1m none /mnt && unshare -U true"));
        RunningMillrace.CommandResult result = RunningMillrace.runToEnd(command);
        if (result.exitCode() != 0) {
            System.out.println("NOT TESTED, since mounting a small file system does not work here: " + result.err());
        }
        return result.exitCode() == 0;
    }

    /** WAL lies elsewhere, with so much room that no checkpoint comes: it would PANIC on the full disk. */
    void moveWalAway() throws IOException {
        run("mv \"$data/pg_wal\" \"$wal\" && ln -s \"$wal\" \"$data/pg_wal\"");
        run("printf \"max_wal_size = 4GB\\n\" >> \"$data/postgresql.conf\"");
        run("mount -o remount,size=150m \"$disk\"");
    }

    /** Starts the server; it does not answer yet. */
    void startServer() throws IOException {
        String pid = run("unshare -U \"$postgres\" -D \"$data\" < /dev/null >> \"$log\" 2>&1 & echo $!");
        server = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    boolean serverRuns() {
        return LifeIT.runs(server);
    }

    /** Exit code of the server, which has ended by itself. */
    String reapServer() throws IOException {
        return run("wait " + server.pid() + "; echo $?");
    }

    void deleteBallast() throws IOException {
        run("rm \"$disk/ballast\"");
    }

    /** Bytes that can still be written. */
    long free() throws IOException {
        return Long.parseLong(
                run("df --block-size=1 --output=avail \"$disk\" | tail -n 1").strip());
    }

    /** What the server said, in all its runs. */
    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(shell.toHandle()), shell.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        await().atMost(LooseStack.LIMIT).until(() -> all.stream().noneMatch(LifeIT::runs));
    }

    /** Runs a command in the shell and returns what it printed. */
    private String run(String command) throws IOException {
        commands.write(command + "\necho \"exit $?\"\n");
        commands.flush();
        StringBuilder printed = new StringBuilder();
        String line = answers.readLine();
        while (line != null && !line.startsWith("exit ")) {
            printed.append(line);
            line = answers.readLine();
        }
        if (!"exit 0".equals(line)) {
            throw new IOException(command + ": " + line + "\n" + log());
        }
        return printed.toString();
    }
}

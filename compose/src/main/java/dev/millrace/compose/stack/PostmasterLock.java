package dev.millrace.compose.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The lock file that a killed server leaves in its data directory. A new server takes it over unless
 * its first line names a process that lives, and the system may have given that pid to somebody else
 * long since: then the server would never start again.
 *
 * @param data data directory of a server that does not run
 */
record PostmasterLock(Path data) {
    private static final Path PROCESSES = Path.of("/proc");

    /** Larger than any pid. */
    private static final String NOBODY = Integer.toString(Integer.MAX_VALUE);

    /**
     * Replaces the pid by one that nobody has if its process is no server on this directory. The rest
     * stays: the server reads there whether backends still hold the old shared memory. Does nothing
     * where the system does not tell what a process works on.
     */
    void disownReusedPid() throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file) || !Files.isDirectory(PROCESSES.resolve("self"))) {
            return;
        }
        String content = Files.readString(file);
        String pid = content.lines().findFirst().orElse("").strip();
        Path process = PROCESSES.resolve(pid);
        if (pid.matches("[0-9]+") && Files.exists(process) && !worksHere(process)) {
            PrivateFile.write(file, NOBODY + content.substring(content.indexOf('\n')));
        }
    }

    /** A server's working directory is its data directory. */
    private boolean worksHere(Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).equals(data.toRealPath());
        } catch (IOException deadOrSomebodyElses) {
            return false;
        }
    }
}

package dev.millrace.compose.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * What Linux says about a process in {@code /proc/PID/stat}.
 *
 * @param state a letter, that of its first thread; {@code Z} is dead but not reaped
 * @param threads how many have not ended yet; at least 1 until it is reaped
 * @param startTicks when it was born, in clock ticks since the boot
 * @param cpuTicks processor time that it and its children which are dead and reaped have used
 */
record ProcessStatus(char state, int threads, long startTicks, long cpuTicks) {
    static final Path ALL = Path.of("/proc");

    /** Whether this system has such files. */
    static boolean isKnownHere() {
        return Files.exists(ALL.resolve("self/stat"));
    }

    static Optional<ProcessStatus> of(long pid) {
        try {
            return Optional.of(
                    parse(Files.readString(ALL.resolve(Long.toString(pid)).resolve("stat"))));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** The second field is the program's name, in which anything may stand, also a parenthesis. */
    static ProcessStatus parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        // User and system time of its own, then of its children.
        long cpuTicks = Arrays.stream(fields, 11, 15).mapToLong(Long::parseLong).sum();
        return new ProcessStatus(
                fields[0].charAt(0), Integer.parseInt(fields[17]), Long.parseLong(fields[19]), cpuTicks);
    }

    /** The first thread may be dead while others still close the ports and files of all. */
    boolean isDead() {
        return state == 'X' || (state == 'Z' && threads <= 1);
    }
}

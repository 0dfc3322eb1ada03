package dev.millrace.compose.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One process of all that ever have its pid: the system gives pids away again, but never together
 * with the moment of birth.
 *
 * @param pid its number
 * @param birth when it was born, in words of the system; one line
 */
record ProcessIdentity(long pid, String birth) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** The process that has this pid now; empty if there is none or it only waits to be reaped. */
    static Optional<ProcessIdentity> of(long pid) {
        if (ProcessStatus.isKnownHere()) {
            return ProcessStatus.of(pid)
                    .filter(status -> !status.isDead())
                    .map(status -> new ProcessIdentity(pid, boot() + "/" + status.startTicks()));
        }
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .map(start -> new ProcessIdentity(pid, start.toString()));
    }

    /** Whether this very process still runs. */
    boolean isAlive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /** Ticks count from the boot. The time of day would not do: it is set while processes run. */
    private static String boot() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException unknown) {
            return "";
        }
    }
}

package dev.millrace.compose.process;

import java.time.Duration;
import java.util.List;

/** Ends processes: asks, ever less gently, and then does not ask any more. */
final class Ending {
    /** A broker or a database closes its files in this time, or it hangs. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    /** A process that has been killed is gone in this time unless the kernel itself hangs. */
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private Ending() {}

    /**
     * Ends a process and waits for that; does nothing when it has ended.
     *
     * @param signals what to send before KILL, the gentlest first
     * @return whether it has ended
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    static boolean end(ProcessIdentity process, List<String> signals) {
        for (String signal : signals) {
            if (ends(process, signal, STOP_LIMIT)) {
                return true;
            }
        }
        return ends(process, "KILL", KILL_LIMIT);
    }

    private static boolean ends(ProcessIdentity process, String signal, Duration limit) {
        // Looked at before each signal: its pid may have become somebody else's.
        if (process.isAlive()) {
            Signal.send(signal, process.pid());
            // One that is frozen would hear it only when it goes on.
            Signal.send("CONT", process.pid());
        }
        return Waiting.until(() -> !process.isAlive(), limit);
    }
}

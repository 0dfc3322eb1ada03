package dev.millrace.compose.process;

import java.io.IOException;

/** Sends signals by name. */
final class Signal {
    private Signal() {}

    /** Sends one and returns when it is sent; does nothing when there is no such process. */
    static void send(String signal, long pid) {
        try {
            // Java itself can send TERM and KILL only; a shell has kill built in.
            new ProcessBuilder("sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException noShell) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        } catch (InterruptedException interrupted) {
            // The wait that follows gives up on it.
            Thread.currentThread().interrupt();
        }
    }
}

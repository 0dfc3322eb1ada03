package dev.millrace.compose.stack;

import java.io.PrintWriter;
import java.time.Duration;

/** What a person sees while the stack starts and stops. Safe for use by several threads. */
public final class Progress {
    private final PrintWriter out;
    private final long startNanos = System.nanoTime();

    /** @param out receives whole lines; not the stream that carries data */
    public Progress(PrintWriter out) {
        this.out = out;
    }

    /** Says something, behind the time since the start. */
    public void say(String message) {
        synchronized (out) {
            out.printf("%5.1f s  %s%n", elapsed().toMillis() / 1000.0, message);
            out.flush();
        }
    }

    /** The time since this was made. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}

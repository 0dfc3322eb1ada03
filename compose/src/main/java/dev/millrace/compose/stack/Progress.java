package dev.millrace.compose.stack;

import dev.millrace.compose.console.ByteProgress;
import dev.millrace.compose.console.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a person sees while the stack starts and stops. Safe for use by several threads. */
public final class Progress {
    private final PrintWriter out;
    private final @Nullable Terminal terminal;
    private final long startNanos = System.nanoTime();
    private @Nullable ByteProgress reading;

    /** @param out receives whole lines; not the stream that carries data */
    public Progress(PrintWriter out) {
        this(out, null);
    }

    /** @param terminal what out is, for steps that take long; null if it is none */
    public Progress(PrintWriter out, @Nullable Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Says something, behind the time since the start. */
    public synchronized void say(String message) {
        String line = "%5.1f s  %s".formatted(elapsed().toMillis() / 1000.0, message);
        if (reading != null) {
            reading.say(line);
        } else {
            out.println(line);
            out.flush();
        }
    }

    /**
     * Reads a large file, and on a terminal shows how far that is. One at a time.
     *
     * @param task what for, in a word or two
     * @param totalBytes size of the file
     */
    void read(String task, long totalBytes, InputStream file, Reader reader) throws IOException {
        try (ByteProgress bytes = new ByteProgress(task, totalBytes, out, terminal)) {
            show(bytes);
            reader.read(bytes.count(file));
        } finally {
            show(null);
        }
    }

    /** Reads to the end of a stream. */
    interface Reader {
        void read(InputStream file) throws IOException;
    }

    /** The time since this was made. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    private synchronized void show(@Nullable ByteProgress bytes) {
        reading = bytes;
    }
}

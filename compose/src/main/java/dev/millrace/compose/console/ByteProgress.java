package dev.millrace.compose.console;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * How much of a file has been read: a bar on a terminal, nothing elsewhere. Lines that are said
 * meanwhile stay whole. One thread reads; any thread may speak.
 */
public final class ByteProgress implements AutoCloseable {
    private static final int REDRAW_MS = 200;
    private static final long MEGABYTE = 1_000_000;

    private final PrintWriter out;
    private final @Nullable StatusLine line;
    private final @Nullable ProgressBar bar;

    /**
     * Begins with nothing read.
     *
     * @param task what is being done, in a word or two
     * @param totalBytes size of the file
     * @param out nobody else writes to it meanwhile
     * @param terminal where out ends; null if it does not end at a terminal
     */
    public ByteProgress(String task, long totalBytes, PrintWriter out, @Nullable Terminal terminal) {
        this.out = out;
        this.line = terminal == null ? null : new StatusLine(out, terminal);
        this.bar = line == null ? null : bar(task, totalBytes, line);
    }

    /** A consumer of our own: the library's would load a terminal library and its native code. */
    private static ProgressBar bar(String task, long totalBytes, StatusLine line) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(totalBytes)
                .setUnit(" MB", MEGABYTE)
                // Other styles need colours, or fonts that not every terminal has.
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MS)
                .setConsumer(line)
                .build();
    }

    /** The same stream, counted while it is read. Does not close it. */
    public InputStream count(InputStream input) {
        return new FilterInputStream(input) {
            @Override
            public int read() throws IOException {
                int next = in.read();
                add(next < 0 ? 0 : 1);
                return next;
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                int count = in.read(bytes, from, length);
                add(count);
                return count;
            }

            @Override
            public void close() {}
        };
    }

    private void add(int bytes) {
        if (bar != null && bytes > 0) {
            bar.stepBy(bytes);
        }
    }

    /** Prints a line above the bar, or just prints it. */
    public void say(Object message) {
        if (line != null) {
            line.above(message.toString());
        } else {
            out.println(message);
            out.flush();
        }
    }

    /** Takes the bar away. */
    @Override
    public void close() {
        if (bar != null && line != null) {
            bar.close();
            line.end();
        }
    }
}

package dev.millrace.compose.console;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How many records have been dealt with: a bar on a terminal, nothing elsewhere. For one thread. */
public final class RecordProgress implements AutoCloseable {
    private static final int REDRAW_MS = 200;

    /** The library's word for it. */
    private static final long UNKNOWN = -1;

    private final PrintWriter out;
    private final String task;
    private final @Nullable StatusLine line;
    private @Nullable ProgressBar bar;

    /**
     * @param out nobody else writes to it meanwhile
     * @param terminal where out ends; null if it does not end at a terminal
     */
    public RecordProgress(String task, PrintWriter out, @Nullable Terminal terminal) {
        this.task = task;
        this.out = out;
        this.line = terminal == null ? null : new StatusLine(out, terminal);
    }

    /** Begins with nothing done; {@link Long#MAX_VALUE} is a number that nobody knows. */
    public void begin(long records) {
        if (line != null) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(records == Long.MAX_VALUE ? UNKNOWN : records)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(REDRAW_MS)
                    .setConsumer(line)
                    .build();
        }
    }

    /** Counts one. */
    public void step() {
        if (bar != null) {
            bar.step();
        }
    }

    /** Prints a line above the bar, or just prints it. */
    public void say(String message) {
        if (line != null) {
            line.above(message);
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

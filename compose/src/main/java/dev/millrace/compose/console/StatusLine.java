package dev.millrace.compose.console;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * The last line of a terminal, drawn again and again, with other lines passing above it. Safe for
 * use by several threads.
 */
final class StatusLine implements ProgressBarConsumer {
    private static final String ERASE = "\r\033[K";

    private final PrintWriter out;
    private final int columns;
    private String drawn = "";
    private boolean ended;

    /** @param out nobody else writes to it while this is open */
    StatusLine(PrintWriter out, Terminal terminal) {
        this.out = out;
        // A terminal breaks a line that fills it.
        this.columns = terminal.columns() - 1;
    }

    @Override
    public int getMaxRenderedLength() {
        return columns;
    }

    @Override
    public synchronized void accept(String bar) {
        if (ended) {
            return;
        }
        drawn = bar.length() <= columns ? bar : bar.substring(0, columns);
        out.print(ERASE + drawn);
        out.flush();
    }

    /** Prints a line that stays. */
    synchronized void above(String line) {
        out.print(ERASE + line + System.lineSeparator() + drawn);
        out.flush();
    }

    /** The bar closes it on a thread of its own, at any time after its end. */
    @Override
    public void close() {
        end();
    }

    /** Leaves nothing of itself behind, and draws no more. */
    synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        drawn = "";
        out.print(ERASE);
        out.flush();
    }
}

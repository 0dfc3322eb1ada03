package dev.millrace.compose.log;

import java.io.PrintWriter;
import java.io.Writer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what a command says on stderr into log events, so that with {@code LOG_FORMAT=json} every
 * line there is JSON. A text that is printed at once is one event. Not thread-safe by itself; the
 * {@link PrintWriter} around it is.
 */
public final class LoggedLines extends Writer {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.stderr");

    /** Every command begins with it what made it fail. */
    private static final String FAILURE = "millrace: ";

    private static final String WARNING = FAILURE + "warning: ";

    private final StringBuilder text = new StringBuilder();

    /** A writer for {@code println}: each one becomes an event. */
    public static PrintWriter writer() {
        return new PrintWriter(new LoggedLines(), true);
    }

    @Override
    public void write(char[] characters, int from, int length) {
        text.append(characters, from, length);
    }

    @Override
    public void flush() {
        String said = text.toString();
        if (said.endsWith("\n")) {
            text.setLength(0);
            log(said.strip());
        }
    }

    @Override
    public void close() {
        text.append('\n');
        flush();
    }

    private static void log(String said) {
        if (said.startsWith(WARNING)) {
            LOG.warn("{}", said.substring(WARNING.length()));
        } else if (said.startsWith(FAILURE)) {
            LOG.error("{}", said.substring(FAILURE.length()));
        } else if (!said.isEmpty()) {
            LOG.info("{}", said);
        }
    }
}

package dev.millrace.sink;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** The lines that a logger, with those below it, has written at one level since this was made. */
public final class LoggedLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger logger;
    private final Level level;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private LoggedLines(String logger, Level level) {
        this.logger = (Logger) LoggerFactory.getLogger(logger);
        this.level = level;
        start();
        this.logger.addAppender(this);
    }

    /** What calls a person, of a whole package. */
    public static LoggedLines errorsOf(Package logging) {
        return new LoggedLines(logging.getName(), Level.ERROR);
    }

    /** The warnings of a class. */
    public static LoggedLines warningsOf(Class<?> logging) {
        return new LoggedLines(logging.getName(), Level.WARN);
    }

    public List<String> lines() {
        return lines;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel() == level) {
            lines.add(event.getFormattedMessage());
        }
    }

    @Override
    public void close() {
        logger.detachAppender(this);
    }
}

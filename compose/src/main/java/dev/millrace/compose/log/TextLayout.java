package dev.millrace.compose.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import dev.millrace.compose.console.Terminal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * A log event as a line for people. One event is one line, except that an ERROR, which a person must
 * act on, brings its stack trace. The level is coloured where somebody sees it.
 */
public final class TextLayout extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private boolean coloured;

    @Override
    public void start() {
        coloured = Terminal.wantsColour(System.getenv()) && Terminal.ofStandardError() != null;
        super.start();
    }

    /** For tests, which have no terminal. */
    void setColoured(boolean coloured) {
        this.coloured = coloured;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        line.append(' ').append(level(event.getLevel()));
        line.append(" [").append(event.getThreadName()).append("] ");
        line.append(shortName(event.getLoggerName())).append(": ");
        line.append(oneLine(event.getFormattedMessage()));
        IThrowableProxy failure = event.getThrowableProxy();
        boolean whole = event.getLevel().isGreaterOrEqual(Level.ERROR);
        if (failure != null && !whole) {
            line.append(" failure=[").append(oneLine(chain(failure))).append(']');
        }
        line.append(System.lineSeparator());
        if (failure != null && whole) {
            line.append(ThrowableProxyUtil.asString(failure));
        }
        return line.toString();
    }

    private String level(Level level) {
        String padded = "%-5s".formatted(level);
        String colour = switch (level.toInt()) {
            case Level.ERROR_INT -> "31";
            case Level.WARN_INT -> "33";
            case Level.INFO_INT -> "32";
            default -> "2";
        };
        return coloured ? "\033[" + colour + "m" + padded + "\033[0m" : padded;
    }

    private static String shortName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }

    /** Servers answer in several lines, and what came from outside may hold worse. */
    private static String oneLine(@Nullable String text) {
        return String.valueOf(text).replaceAll("\\s*[\\r\\n]+\\s*", " | ").replaceAll("\\p{Cntrl}", "?");
    }

    private static String chain(IThrowableProxy failure) {
        StringBuilder chain = new StringBuilder();
        for (IThrowableProxy cause = failure; cause != null; cause = cause.getCause()) {
            chain.append(chain.isEmpty() ? "" : " caused by ")
                    .append(cause.getClassName())
                    .append(": ")
                    .append(cause.getMessage());
        }
        return chain.toString();
    }
}

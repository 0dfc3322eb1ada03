package dev.millrace.compose.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import dev.millrace.compose.console.JsonLine;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A log event as one line of JSON, a stack trace included. What the message names as {@code key=value}
 * is there again as a member of {@code fields}, so that nobody has to take the message apart.
 */
public final class JsonLayout extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    @Override
    public String doLayout(ILoggingEvent event) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("timestamp", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
        members.put("level", event.getLevel());
        members.put("logger", event.getLoggerName());
        members.put("thread", event.getThreadName());
        members.put("message", event.getFormattedMessage());
        Map<String, Object> fields = EventFields.of(event);
        if (!fields.isEmpty()) {
            members.put("fields", fields);
        }
        IThrowableProxy failure = event.getThrowableProxy();
        if (failure != null) {
            members.put("exception", failure.getClassName() + ": " + failure.getMessage());
            members.put("stack_trace", ThrowableProxyUtil.asString(failure));
        }
        return JsonLine.of(members) + System.lineSeparator();
    }
}

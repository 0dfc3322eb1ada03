package dev.millrace.compose.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.event.KeyValuePair;

/** The named values of a log event. */
final class EventFields {
    /** A place for an argument, with its name before it if it has one. */
    private static final Pattern PLACE = Pattern.compile("(?:([A-Za-z][A-Za-z0-9_]*)=)?\\{}");

    private EventFields() {}

    /** Those that the message names as {@code key={}}, and those that were added beside it. */
    static Map<String, Object> of(ILoggingEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Object[] arguments = event.getArgumentArray();
        Matcher place = PLACE.matcher(String.valueOf(event.getMessage()));
        for (int index = 0; arguments != null && index < arguments.length && place.find(); index++) {
            if (place.group(1) != null) {
                fields.put(place.group(1), plain(arguments[index]));
            }
        }
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                fields.put(pair.key, plain(pair.value));
            }
        }
        return fields;
    }

    /** Text now, because an argument that cannot print itself must not cost the event. */
    private static Object plain(Object value) {
        if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
            return value;
        }
        try {
            return String.valueOf(value);
        } catch (RuntimeException unprintable) {
            return "[" + value.getClass().getName() + "]";
        }
    }
}

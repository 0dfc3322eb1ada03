package dev.millrace.compose.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How this process logs: {@code LOG_FORMAT} and {@code LOG_LEVEL} of the environment.
 *
 * @param format {@code text} or {@code json}
 * @param level least level of our own log events, in upper case
 */
public record LogSettings(String format, String level) {
    private static final String FORMAT = "LOG_FORMAT";
    private static final String LEVEL = "LOG_LEVEL";

    /** The first of each is the default. */
    private static final Map<String, List<String>> VALUES =
            Map.of(FORMAT, List.of("text", "json"), LEVEL, List.of("info", "trace", "debug", "warn", "error", "off"));

    /** Takes the default for a value that is bad, because something has to log that, too. */
    public static LogSettings from(Map<String, String> environment) {
        return new LogSettings(
                value(FORMAT, environment), value(LEVEL, environment).toUpperCase(Locale.ROOT));
    }

    /** What is wrong with the environment, a line for each bad value. */
    public static List<String> problems(Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        for (String name : List.of(FORMAT, LEVEL)) {
            String given = given(name, environment);
            if (!given.isEmpty() && !value(name, environment).equals(given)) {
                problems.add(name + "=" + given + " is not one of " + String.join(", ", values(name)));
            }
        }
        return problems;
    }

    /** Whether each line on stderr is to be an object of JSON. */
    public boolean isJson() {
        return format.equals("json");
    }

    private static String value(String name, Map<String, String> environment) {
        List<String> values = values(name);
        String given = given(name, environment);
        return values.contains(given) ? given : values.get(0);
    }

    private static List<String> values(String name) {
        return VALUES.getOrDefault(name, List.of());
    }

    private static String given(String name, Map<String, String> environment) {
        return environment.getOrDefault(name, "").toLowerCase(Locale.ROOT);
    }
}

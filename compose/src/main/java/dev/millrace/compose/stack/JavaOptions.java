package dev.millrace.compose.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What the Java of each kind of child is started with. */
final class JavaOptions {
    private static final String HEAP = "-Xmx512m";

    static final List<String> BROKER = List.of(HEAP);

    static final List<String> QUERY_API = List.of(HEAP);

    /** Where Java itself looks for options. */
    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC\\b");

    private JavaOptions() {}

    /**
     * For a sink. It computes little per event, so that the first compiler's code is enough: the second one
     * would take more processor time than it saves until millions of events are written, and take it from
     * Postgres just when a full topic waits. One collecting thread is enough for what a batch leaves behind.
     *
     * @param others follow ours and win; Java takes no second collector, so that of ours then goes
     * @param environment that the sink gets
     */
    static List<String> sink(List<String> others, Map<String, String> environment) {
        List<String> options = new ArrayList<>(List.of(HEAP, "-XX:TieredStopAtLevel=1"));
        StringBuilder told = new StringBuilder(String.join(" ", others));
        VARIABLES.forEach(name -> told.append(' ').append(environment.getOrDefault(name, "")));
        if (!COLLECTOR.matcher(told).find()) {
            options.add("-XX:+UseSerialGC");
        }
        options.addAll(others);
        return options;
    }
}

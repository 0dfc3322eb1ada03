package dev.millrace.compose.bench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a measurement's stack has otherwise than usual.
 *
 * @param sink settings of the sink by environment variable
 * @param sinkJvm options of the sink's Java, after our own
 * @param postgres settings of both servers by name
 */
public record StackVariant(Map<String, String> sink, List<String> sinkJvm, Map<String, String> postgres) {
    public StackVariant {
        sink = inOrder(sink);
        sinkJvm = List.copyOf(sinkJvm);
        postgres = inOrder(postgres);
    }

    /** The same with what the servers say that they have. */
    StackVariant withPostgres(Map<String, String> settings) {
        return new StackVariant(sink, sinkJvm, settings);
    }

    /** For a program. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("sink_settings", sink);
        members.put("sink_jvm", sinkJvm);
        members.put("postgres_settings", postgres);
        return members;
    }

    private static Map<String, String> inOrder(Map<String, String> settings) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}

package dev.millrace.compose.bench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a drain does otherwise than usual.
 *
 * @param queries whether readers ask questions meanwhile
 * @param sink settings of the sink by environment variable; the other contenders do not have them
 * @param sinkJvm options of the sink's Java, after our own
 * @param postgres settings of both servers by name
 */
public record DrainVariant(
        boolean queries, Map<String, String> sink, List<String> sinkJvm, Map<String, String> postgres) {
    public DrainVariant {
        sink = inOrder(sink);
        sinkJvm = List.copyOf(sinkJvm);
        postgres = inOrder(postgres);
    }

    /** The same with what the servers say that they have. */
    DrainVariant withPostgres(Map<String, String> settings) {
        return new DrainVariant(queries, sink, sinkJvm, settings);
    }

    private static Map<String, String> inOrder(Map<String, String> settings) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}

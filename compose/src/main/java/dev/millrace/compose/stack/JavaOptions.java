package dev.millrace.compose.stack;

import java.util.List;

/** What the Java of each kind of child is started with. */
final class JavaOptions {
    private static final String HEAP = "-Xmx512m";

    static final List<String> BROKER = List.of(HEAP);

    static final List<String> QUERY_API = List.of(HEAP);

    /**
     * The sink computes little per event, so that the first compiler's code is enough: the second one
     * would take more processor time than it saves until millions of events are written, and take it from
     * Postgres just when a full topic waits. One collecting thread is enough for what a batch leaves behind.
     */
    static final List<String> SINK = List.of(HEAP, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private JavaOptions() {}
}

package dev.millrace.compose.stack;

import java.util.List;
import java.util.Map;

/**
 * One sink of a stack, where it is to be another one than usual.
 *
 * @param name of the process, its log and its pid file: lower case, with dashes
 * @param port of its health and metrics
 * @param writerPort where it reaches the primary to write: the primary's own port, or that of a line
 *     to it
 * @param environment what it gets besides the stack's settings, which win
 * @param jvmOptions of its Java, after the usual ones, so that they win
 */
public record SinkChild(
        String name, int port, int writerPort, Map<String, String> environment, List<String> jvmOptions) {
    public SinkChild {
        environment = Map.copyOf(environment);
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** With the usual options of Java. */
    public SinkChild(String name, int port, int writerPort, Map<String, String> environment) {
        this(name, port, writerPort, environment, List.of());
    }

    /** The one that {@code up} starts. */
    static SinkChild usual(Ports ports) {
        return new SinkChild("sink", ports.sink(), ports.primary(), Map.of());
    }
}

package dev.millrace.compose.bench;

import java.util.List;
import java.util.Map;

/**
 * What a drain does otherwise than usual.
 *
 * @param queries whether readers ask questions meanwhile
 * @param stack whose sink settings the contenders besides the sink do not have
 */
public record DrainVariant(boolean queries, StackVariant stack) {
    /** As {@link StackVariant#sink()}. */
    Map<String, String> sink() {
        return stack.sink();
    }

    /** As {@link StackVariant#sinkJvm()}. */
    List<String> sinkJvm() {
        return stack.sinkJvm();
    }
}

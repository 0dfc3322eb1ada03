package dev.millrace.compose.bench;

import dev.millrace.ingest.library.EventIds;
import java.nio.file.Path;

/**
 * What to measure with.
 *
 * @param directory new or empty
 * @param events in the topic, at least 1
 * @param rounds how often each contender runs, at least 1
 * @param workers of the sink, and connections of the others, 1 to 4
 * @param seed of the events
 */
public record BenchSettings(Path directory, int events, int rounds, int workers, EventIds ids, long seed) {}

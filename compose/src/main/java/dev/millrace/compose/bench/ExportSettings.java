package dev.millrace.compose.bench;

import dev.millrace.ingest.library.EventIds;
import java.nio.file.Path;

/**
 * What to measure with.
 *
 * @param directory new or empty
 * @param events in the store, at least 1
 * @param rounds how often each way is measured, at least 1
 * @param seed of the events
 */
public record ExportSettings(Path directory, long events, int rounds, EventIds ids, long seed) {}

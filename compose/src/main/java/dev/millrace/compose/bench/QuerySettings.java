package dev.millrace.compose.bench;

import dev.millrace.ingest.library.EventIds;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What to measure with.
 *
 * @param directory new or empty
 * @param events in the store for the last measurements, at least 10; the first ones have a tenth of them
 * @param rate questions a second, at least 1
 * @param writes events a second that are written meanwhile, at least 1
 * @param duration of each measurement
 * @param seed of the events
 */
public record QuerySettings(
        Path directory, long events, int rate, int writes, Duration duration, EventIds ids, long seed) {}

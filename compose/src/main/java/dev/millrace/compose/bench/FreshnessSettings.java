package dev.millrace.compose.bench;

import dev.millrace.ingest.library.EventIds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What to measure with.
 *
 * @param directory new or empty
 * @param rates events a second, one run for each, at least one
 * @param duration of each run
 * @param events of each run at most, at least 1
 * @param seed of the events
 */
public record FreshnessSettings(
        Path directory, List<Integer> rates, Duration duration, long events, EventIds ids, long seed) {
    public FreshnessSettings {
        rates = List.copyOf(rates);
    }
}

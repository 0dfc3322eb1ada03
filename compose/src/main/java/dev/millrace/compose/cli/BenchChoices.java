package dev.millrace.compose.cli;

import dev.millrace.compose.bench.StackVariant;
import dev.millrace.ingest.library.EventIds;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bench} was told that any scenario understands.
 *
 * @param events how many; null if nobody said so
 * @param seed of the events
 */
record BenchChoices(@Nullable Integer events, EventIds ids, long seed, StackVariant variant) {}

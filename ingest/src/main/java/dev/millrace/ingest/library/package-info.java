/**
 * A made-up library that lends books: endless events in the shape of a real event store's, the same
 * for the same seed, for loads and measurements. Knows neither Kafka nor the time of day.
 */
@NullMarked
package dev.millrace.ingest.library;

import org.jspecify.annotations.NullMarked;

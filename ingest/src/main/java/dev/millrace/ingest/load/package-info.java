/**
 * Sends many events at a chosen pace and measures their acknowledgements. Takes its events from a
 * supplier and sends them through {@link dev.millrace.ingest.publish.EventPublisher}; never waits for an
 * answer before the next event is due, so that a slow broker cannot slow the questions down.
 */
@NullMarked
package dev.millrace.ingest.load;

import org.jspecify.annotations.NullMarked;

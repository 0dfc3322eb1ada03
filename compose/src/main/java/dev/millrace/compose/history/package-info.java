/**
 * Judges a run from what its producers wrote down, what the topic holds and what the database holds:
 * nothing lost, doubled, invented, altered or out of order. Reads only; it never repairs anything, and
 * shares no code with the sink, whose mistakes it is there to find; the decoder of an event, in
 * {@code schemas}, is common to both.
 */
@NullMarked
package dev.millrace.compose.history;

import org.jspecify.annotations.NullMarked;

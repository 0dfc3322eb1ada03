/**
 * Judges events in memory exactly as the database would: every verdict is the one that the filter's SQL
 * gives for the same row. Knows {@code read}; reads nothing itself.
 */
@NullMarked
package dev.millrace.query.match;

import org.jspecify.annotations.NullMarked;

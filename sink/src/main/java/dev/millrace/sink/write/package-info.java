/**
 * Stores batches: the transaction, COPY and its encoding, the careful and the isolating path,
 * gaps, old primaries, and what an error of the database means. Knows batches and JDBC, never Kafka.
 */
@NullMarked
package dev.millrace.sink.write;

import org.jspecify.annotations.NullMarked;

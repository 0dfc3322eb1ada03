/**
 * Stores batches: the transaction, COPY and its encoding, the careful path, and what an error of the
 * database means. Knows batches and JDBC, never Kafka.
 */
@NullMarked
package dev.millrace.sink.write;

import org.jspecify.annotations.NullMarked;

/**
 * What is written together: rows, offset ranges, batches and their limits. Plain data; knows neither
 * Kafka nor JDBC.
 */
@NullMarked
package dev.millrace.sink.batch;

import org.jspecify.annotations.NullMarked;

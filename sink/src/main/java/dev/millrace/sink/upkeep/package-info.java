/**
 * Keeps the tables: one sink of a database empties the pending lists, analyses, makes, seals and removes
 * table partitions for all, on the owner's connections and never inside a batch's transaction. Also looks
 * whether the tables are those of this build. Knows nothing of batches, nor of Kafka.
 */
@NullMarked
package dev.millrace.sink.upkeep;

import org.jspecify.annotations.NullMarked;

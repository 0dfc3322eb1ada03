/**
 * Keeps the tables ready for the batches, on the owner's connection and never inside a batch's
 * transaction.
 */
@NullMarked
package dev.millrace.sink.upkeep;

import org.jspecify.annotations.NullMarked;

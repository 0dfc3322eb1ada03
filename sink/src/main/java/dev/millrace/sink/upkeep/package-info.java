/**
 * Keeps the tables ready for the batches, and looks whether they are those of this build, on the
 * owner's connections and never inside a batch's transaction.
 */
@NullMarked
package dev.millrace.sink.upkeep;

import org.jspecify.annotations.NullMarked;

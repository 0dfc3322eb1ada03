/**
 * The sink's consumer group as its broker keeps it. Never decides what is read: which offsets are
 * stored, the database knows.
 */
@NullMarked
package dev.millrace.sink.group;

import org.jspecify.annotations.NullMarked;

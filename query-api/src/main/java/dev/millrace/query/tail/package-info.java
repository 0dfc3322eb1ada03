/**
 * Follows the events as they come and hands them to many clients at once: what is new is read once for
 * all of them, compared with each filter in memory, and put into a bounded queue for each client. Who has
 * something to catch up on reads it by itself, as fast as its client takes it, and then joins.
 *
 * <p>One client's events come in the order of their partitions, each once. Knows {@code read} and
 * {@code match}; how events look on the wire and how they get there is the caller's.
 */
@NullMarked
package dev.millrace.query.tail;

import org.jspecify.annotations.NullMarked;

/**
 * Publishes rejected events to {@code events.dlq.v1}, after they are stored: at least once, by one sink
 * of all that write to a database. {@link dev.millrace.sink.reject.RejectedEventTable} alone knows SQL,
 * {@link dev.millrace.sink.reject.DeadLetterTopic} alone knows Kafka. Has a thread and a connection of
 * its own; never takes part in a batch's transaction, and nothing that stores events waits for it.
 */
@NullMarked
package dev.millrace.sink.reject;

import org.jspecify.annotations.NullMarked;

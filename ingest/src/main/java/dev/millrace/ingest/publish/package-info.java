/**
 * Gets canonical events onto {@code events.v1} and says where each one lies: {@link
 * dev.millrace.ingest.publish.EventPublisher} for programs, {@link
 * dev.millrace.ingest.publish.LinePublisher} for NDJSON. Checks every event first; never retries what
 * Kafka has given up on, never changes a payload, never reads the topic back, never touches a
 * database.
 */
@NullMarked
package dev.millrace.ingest.publish;

import org.jspecify.annotations.NullMarked;

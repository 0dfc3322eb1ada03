/**
 * Reads {@code events.dlq.v1} and sends rejected records back to where they came from. Knows Kafka and
 * the event; never the database, so that it serves every source of rejections. Writes nothing to
 * {@code events.dlq.v1}.
 */
@NullMarked
package dev.millrace.compose.dlq;

import org.jspecify.annotations.NullMarked;

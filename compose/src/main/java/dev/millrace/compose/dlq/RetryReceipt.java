package dev.millrace.compose.dlq;

import dev.millrace.schemas.Position;

/**
 * Kafka has the record again.
 *
 * @param position where it lies now, in the topic of its origin
 */
public record RetryReceipt(Retry retry, Position position) {}

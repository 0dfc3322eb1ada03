package dev.millrace.query.read;

import java.time.Instant;

/**
 * Where an event stands in the order of all events: by append time, then partition, then offset.
 *
 * @param appendedAt the broker's append time, in microseconds
 * @param partition Kafka partition
 * @param offset Kafka offset
 */
public record OrderKey(Instant appendedAt, int partition, long offset) {}

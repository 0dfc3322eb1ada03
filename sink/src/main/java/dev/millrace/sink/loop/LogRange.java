package dev.millrace.sink.loop;

/**
 * The offsets that Kafka's log of a partition covers.
 *
 * @param start first offset that is still there
 * @param end offset after the last one
 */
public record LogRange(long start, long end) {}

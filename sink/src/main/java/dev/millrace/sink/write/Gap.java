package dev.millrace.sink.write;

/**
 * Offsets that Kafka no longer held when they were to be read.
 *
 * @param from first of them, where the partition stands in the database
 * @param until first offset after them
 */
public record Gap(int partition, long from, long until) {
    public Gap {
        if (from >= until) {
            throw new IllegalArgumentException("empty gap of partition " + partition + ": " + from + " to " + until);
        }
    }
}

package dev.millrace.sink.write;

/**
 * How far a Kafka partition is stored.
 *
 * @param nextOffset first offset that is not stored
 * @param leaderEpoch leader epoch of the last stored record, -1 for none
 * @param lastAppendedAtMillis latest append time delivered, {@link Long#MIN_VALUE} for none
 */
public record StoredOffset(int partition, long nextOffset, int leaderEpoch, long lastAppendedAtMillis) {}

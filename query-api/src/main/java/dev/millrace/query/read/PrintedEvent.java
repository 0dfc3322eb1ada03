package dev.millrace.query.read;

import org.jspecify.annotations.Nullable;

/**
 * An event as Postgres prints it, each column as text in UTF-8: what goes on as text need not become
 * an object on the way. Times look like {@code 2026-11-22 16:00:00.12+00}, always in UTC.
 *
 * @param key Kafka key; null when the record had none
 * @param payload JSON
 * @param metadata JSON
 */
public record PrintedEvent(
        byte[] appendedAt,
        byte[] partition,
        byte[] offset,
        byte[] id,
        byte[] type,
        byte @Nullable [] key,
        byte[] occurredAt,
        byte[] payload,
        byte[] metadata) {
    /** What it takes to hold it, in bytes. */
    public int size() {
        int keySize = key == null ? 0 : key.length;
        return appendedAt.length
                + partition.length
                + offset.length
                + id.length
                + type.length
                + keySize
                + occurredAt.length
                + payload.length
                + metadata.length;
    }
}

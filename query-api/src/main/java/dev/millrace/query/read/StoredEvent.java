package dev.millrace.query.read;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is stored.
 *
 * @param key Kafka key; null when the record had none
 * @param payload JSON exactly as Postgres prints it
 * @param metadata JSON exactly as Postgres prints it
 */
public record StoredEvent(
        OrderKey place,
        UUID id,
        String type,
        @Nullable String key,
        Instant occurredAt,
        String payload,
        String metadata) {}

package dev.millrace.schemas.event;

import java.time.Instant;
import java.util.UUID;

/**
 * An event as a producer states it.
 *
 * @param eventId its identity: sending it again with the same id and key stores it once
 * @param eventType what kind of event, 1 to 200 characters
 * @param occurredAt when it happened; kept to the microsecond, finer parts are cut off
 * @param payload a JSON object
 * @param metadata a JSON object, {@code {}} for none
 */
public record Event(UUID eventId, String eventType, Instant occurredAt, String payload, String metadata) {}

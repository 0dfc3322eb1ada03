package dev.millrace.compose.history;

import dev.millrace.schemas.event.EncodedEvent;
import java.util.UUID;

/**
 * What an event says, field by field, each text as a {@link Digest#shortOf} or {@link JsonValue#digest}.
 *
 * @param occurredAt microseconds since 1970
 */
record EventDigest(UUID id, long type, long occurredAt, long payload, long metadata) {
    static EventDigest of(EncodedEvent event) {
        byte[] value = event.value();
        byte[] type = new byte[event.typeLength()];
        System.arraycopy(value, event.typeOffset(), type, 0, type.length);
        return new EventDigest(
                event.eventId(),
                Digest.shortOf(type),
                event.occurredAtMicros(),
                JsonValue.digest(value, event.payloadOffset(), event.payloadLength()),
                JsonValue.digest(value, event.metadataOffset(), event.metadataLength()));
    }

    /** Whether a second event with this id is a duplicate and no conflict. */
    boolean saysTheSameAs(EventDigest other) {
        return type == other.type && payload == other.payload;
    }
}

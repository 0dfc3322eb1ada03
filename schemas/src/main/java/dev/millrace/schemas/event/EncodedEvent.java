package dev.millrace.schemas.event;

import java.util.UUID;

/**
 * An event as it lies in the value of its record: nothing is copied, the texts are ranges of UTF-8
 * bytes inside {@code value}, which nobody may change.
 *
 * @param value the whole value, in single-object encoding
 * @param idHigh first eight bytes of the event id
 * @param idLow last eight bytes of the event id
 * @param occurredAtMicros microseconds since 1970-01-01T00:00:00Z
 */
public record EncodedEvent(
        byte[] value,
        long idHigh,
        long idLow,
        long occurredAtMicros,
        int typeOffset,
        int typeLength,
        int payloadOffset,
        int payloadLength,
        int metadataOffset,
        int metadataLength) {

    /** The event id as an object. */
    public UUID eventId() {
        return new UUID(idHigh, idLow);
    }
}

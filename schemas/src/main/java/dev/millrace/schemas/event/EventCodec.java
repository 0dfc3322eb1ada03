package dev.millrace.schemas.event;

import org.jspecify.annotations.Nullable;

/**
 * Turns events into record values and back, and lets nothing through that is outside {@link
 * EventLimits}: both ways pass the same checks. Not thread-safe; reused from event to event.
 */
public final class EventCodec {
    private final EventDecoder decoder = new EventDecoder();
    private final EventChecker checker = new EventChecker();

    /**
     * @return the value of a record, in Avro single-object encoding
     * @throws InvalidEventException if the event is outside the limits
     */
    public byte[] encode(Event event) {
        byte[] value = EventEncoder.encode(event);
        decode(value);
        return value;
    }

    /**
     * @param value the value of a record; the result keeps it, nobody may change it
     * @throws InvalidEventException if the value is no event, or one outside the limits
     */
    public EncodedEvent decode(byte @Nullable [] value) {
        EncodedEvent event = decoder.decode(value);
        checker.check(event);
        return event;
    }

    /**
     * @param key the key of an event, or null
     * @return the key of its record: UTF-8, or null
     * @throws InvalidEventException if it is too long, or has what Postgres does not store as text
     */
    public byte @Nullable [] encodeKey(@Nullable String key) {
        if (key == null) {
            return null;
        }
        byte[] encoded = StrictUtf8.encode(key, "key");
        checker.checkKey(encoded);
        return encoded;
    }

    /**
     * @param key the key of a record, or null
     * @throws InvalidEventException if it is too long, or no text
     */
    public void checkKey(byte @Nullable [] key) {
        if (key != null) {
            checker.checkKey(key);
        }
    }
}

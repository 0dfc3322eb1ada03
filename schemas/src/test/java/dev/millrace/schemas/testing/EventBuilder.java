package dev.millrace.schemas.testing;

import dev.millrace.schemas.event.Event;
import dev.millrace.schemas.event.EventCodec;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event for a test that is about something else, in the form that the test needs: an object, a line
 * for {@code publish}, or the value of a record. What a test does not set is the same every time. Each
 * {@code with} gives another builder; this one stays as it is.
 *
 * @param key null for none
 */
public record EventBuilder(
        @Nullable String key, UUID id, String type, Instant occurredAt, String payload, String metadata) {
    /** Has the key reader-7. */
    public static final EventBuilder EVENT = new EventBuilder(
            "reader-7", id(1), "book-lent", Instant.parse("2021-07-21T06:00:00.123456Z"), "{\"copies\": 1.50}", "{}");

    /** An id that is readable in a failed assertion. */
    public static UUID id(int number) {
        return new UUID(0x0123_4567_89AB_7DEFL, 0x8000_0000_0000_0000L | number);
    }

    public EventBuilder withKey(@Nullable String newKey) {
        return new EventBuilder(newKey, id, type, occurredAt, payload, metadata);
    }

    public EventBuilder withId(UUID newId) {
        return new EventBuilder(key, newId, type, occurredAt, payload, metadata);
    }

    public EventBuilder withType(String newType) {
        return new EventBuilder(key, id, newType, occurredAt, payload, metadata);
    }

    /** @param newPayload a JSON object, not checked before {@link #value()} */
    public EventBuilder withPayload(String newPayload) {
        return new EventBuilder(key, id, type, occurredAt, newPayload, metadata);
    }

    public Event event() {
        return new Event(id, type, occurredAt, payload, metadata);
    }

    /** The value of a record; the key is not in it. */
    public byte[] value() {
        return new EventCodec().encode(event());
    }

    /** One line as {@code publish} reads it; type and key must need no escaping in JSON. */
    public String line() {
        return "{\"event_id\":\"%s\",\"event_type\":\"%s\",\"occurred_at\":\"%s\",%s\"payload\":%s,\"metadata\":%s}"
                .formatted(id, type, occurredAt, key == null ? "" : "\"key\":\"" + key + "\",", payload, metadata);
    }
}

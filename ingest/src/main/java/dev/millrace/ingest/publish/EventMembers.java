package dev.millrace.ingest.publish;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.millrace.schemas.event.Event;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The members of one event as they come out of its JSON text. Used for one text, by one thread. */
final class EventMembers {
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final String text;
    private final JsonParser parser;
    private final Set<String> seen = new HashSet<>();
    private @Nullable UUID eventId;
    private @Nullable String eventType;
    private @Nullable Instant occurredAt;
    private @Nullable String key;
    private @Nullable String payload;
    private @Nullable String metadata;

    /**
     * @param parser at the beginning of {@code text}
     */
    EventMembers(String text, JsonParser parser) {
        this.text = text;
        this.parser = parser;
    }

    /** Takes the whole text. */
    void read() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new InvalidLineException("an object expected");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            member(parser.currentName());
        }
        if (parser.nextToken() != null) {
            throw new InvalidLineException("one object expected, there is more behind it");
        }
    }

    /** The event, with what its text leaves open. */
    OutgoingEvent toEvent(Clock clock) {
        Event event = new Event(
                eventId == null ? UuidCreator.getTimeOrderedEpoch() : eventId,
                required("event_type", eventType, "a string"),
                occurredAt == null ? clock.instant() : occurredAt,
                required("payload", payload, "an object"),
                metadata == null ? "{}" : metadata);
        return new OutgoingEvent(key, event);
    }

    private void member(String name) throws IOException {
        if (!seen.add(name)) {
            throw new InvalidLineException(InvalidLineException.quote(name) + " for the second time");
        }
        JsonToken value = parser.nextToken();
        switch (name) {
            case "event_id" -> eventId = uuid(string(name, value, "a UUID of 36 characters"));
            case "event_type" -> eventType = string(name, value, "a string");
            case "occurred_at" -> occurredAt = Rfc3339.parse(name, string(name, value, Rfc3339.EXPECTED));
            case "key" -> key = value == JsonToken.VALUE_NULL ? null : string(name, value, "a string or null");
            case "payload" -> payload = object(name, value);
            case "metadata" -> metadata = object(name, value);
            default ->
                throw new InvalidLineException("unknown member " + InvalidLineException.quote(name)
                        + "; event_id, event_type, occurred_at, key, payload, metadata expected");
        }
    }

    private String string(String name, JsonToken value, String expected) throws IOException {
        if (value != JsonToken.VALUE_STRING) {
            throw new InvalidLineException(name + ": " + expected + " expected");
        }
        return parser.getText();
    }

    /** The characters of the object as they stand in the text, so that nothing is lost or rewritten. */
    private String object(String name, JsonToken value) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            throw new InvalidLineException(name + ": an object expected");
        }
        long start = parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        return text.substring((int) start, (int) parser.currentLocation().getCharOffset());
    }

    private static UUID uuid(String text) {
        if (!UUID_FORM.matcher(text).matches()) {
            throw new InvalidLineException(
                    "event_id: a UUID of 36 characters expected, not " + InvalidLineException.quote(text));
        }
        return UUID.fromString(text);
    }

    private static String required(String name, @Nullable String value, String expected) {
        if (value == null) {
            throw new InvalidLineException(name + ": missing, " + expected + " expected");
        }
        return value;
    }
}

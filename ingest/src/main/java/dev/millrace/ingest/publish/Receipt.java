package dev.millrace.ingest.publish;

import dev.millrace.schemas.Position;
import java.util.UUID;

/**
 * Kafka has the event on every replica that is in sync.
 *
 * @param eventId the event that was published
 * @param position where it lies; the token to read one's own write
 */
public record Receipt(UUID eventId, Position position) {
    /**
     * One line of JSON without the line end: {@code {"event_id":"…","partition":0,"offset":42}}.
     * Nothing in it needs an escape.
     */
    public String toJson() {
        return "{\"event_id\":\"" + eventId + "\",\"partition\":" + position.partition() + ",\"offset\":"
                + position.offset() + "}";
    }
}

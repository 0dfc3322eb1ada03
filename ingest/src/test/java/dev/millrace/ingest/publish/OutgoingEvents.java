package dev.millrace.ingest.publish;

import dev.millrace.schemas.event.Event;
import java.time.Instant;
import java.util.UUID;

/** Events for tests that are about something else. */
final class OutgoingEvents {
    static final UUID ID = UUID.fromString("0190ABCD-0000-7000-8000-00000000000A");

    private OutgoingEvents() {}

    static OutgoingEvent keyed(String key, UUID id) {
        return new OutgoingEvent(key, new Event(id, "order.placed", Instant.EPOCH, "{\"a\":1}", "{}"));
    }
}

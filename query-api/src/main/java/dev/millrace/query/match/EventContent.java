package dev.millrace.query.match;

import dev.millrace.query.read.StoredEvent;
import org.jspecify.annotations.Nullable;

/** An event that is compared with many filters: its JSON is read once, when one first asks. Not thread-safe. */
public final class EventContent {
    private final StoredEvent event;
    private @Nullable JsonDocument payload;
    private @Nullable JsonDocument metadata;

    public EventContent(StoredEvent event) {
        this.event = event;
    }

    StoredEvent event() {
        return event;
    }

    JsonDocument payload() {
        JsonDocument read = payload;
        if (read == null) {
            read = JsonDocument.parse(event.payload());
            payload = read;
        }
        return read;
    }

    JsonDocument metadata() {
        JsonDocument read = metadata;
        if (read == null) {
            read = JsonDocument.parse(event.metadata());
            metadata = read;
        }
        return read;
    }
}

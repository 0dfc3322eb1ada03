package dev.millrace.query.tail;

import dev.millrace.query.match.EventContent;
import dev.millrace.query.read.StoredEvent;
import dev.millrace.query.read.StreamPosition;
import org.jspecify.annotations.Nullable;

/** A new event, for all who follow. What they can share is made once, when the first needs it. Not thread-safe. */
final class Arrival {
    private final StoredEvent event;
    private final StreamPosition behind;
    private final EventContent content;
    private byte @Nullable [] body;

    /** @param behind where the tail stands when it has passed the event */
    Arrival(StoredEvent event, StreamPosition behind) {
        this.event = event;
        this.behind = behind;
        this.content = new EventContent(event);
    }

    StoredEvent event() {
        return event;
    }

    StreamPosition behind() {
        return behind;
    }

    EventContent content() {
        return content;
    }

    byte[] body(StreamFormat format) {
        byte[] made = body;
        if (made == null) {
            made = format.body(event);
            body = made;
        }
        return made;
    }
}

package dev.millrace.query.tail;

import dev.millrace.query.read.StoredEvent;
import org.jspecify.annotations.Nullable;

/** What is sent, in bytes. Nobody changes the arrays afterwards: clients share them. Thread-safe. */
public interface StreamFormat {
    /** The first thing on every stream. */
    byte[] opening();

    /** What comes before an event's body: the same for all clients with one filter. */
    byte[] head(String cursor);

    /** The event, the same for all clients. */
    byte[] body(StoredEvent event);

    /** Where the client stands, with no event. */
    byte[] position(String cursor);

    /** A sign of life, with where the client stands if that is known. */
    byte[] heartbeat(@Nullable String cursor);

    /** The last thing on a stream that cannot go on. */
    byte[] end(StreamEnd end);
}

package dev.millrace.schemas.testing.corpus;

import dev.millrace.schemas.event.Event;
import dev.millrace.schemas.event.RejectReason;

/** What has to become of a record that comes for the first time: one of the two, and nothing else. */
public sealed interface Fate {
    /**
     * A row.
     *
     * @param event what has to be read from it, the JSON by value
     */
    record Stored(Event event) implements Fate {}

    /** A rejection that keeps the bytes. */
    record Rejected(RejectReason reason) implements Fate {}
}

package dev.millrace.query.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How reading a page ended. */
public sealed interface PageAnswer {
    /**
     * The events.
     *
     * @param nextCursor to the next page of this walk; null on the last one
     * @param tailCursor to what comes after this walk; null when the newest come first
     * @param completeThrough what is included when the walk is finished, with the walks before it: it never goes back,
     *     also where a database has lost its tail
     */
    record Page(
            List<StoredEvent> events,
            @Nullable String nextCursor,
            @Nullable String tailCursor,
            CompleteThrough completeThrough)
            implements PageAnswer {}

    /** The replica does not have yet what the answer must include. */
    record NotYetVisible(CompleteThrough completeThrough) implements PageAnswer {}

    /** The cursor belongs to events that are not here any more. */
    record Gone(String reason) implements PageAnswer {}

    /** No answer can ever include what is waited for. */
    record CannotBeMet(String reason) implements PageAnswer {}
}

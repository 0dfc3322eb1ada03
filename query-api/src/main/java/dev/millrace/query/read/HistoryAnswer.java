package dev.millrace.query.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What reading a part of the past came to. */
public sealed interface HistoryAnswer {
    /**
     * The next events.
     *
     * @param cursors for each event the one that goes on behind it
     * @param next goes on behind the page
     * @param end where a reader stands now; null if the walk has more pages
     */
    record Page(
            List<StoredEvent> events,
            List<String> cursors,
            Cursor next,
            @Nullable StreamPosition end) implements HistoryAnswer {}

    /** The replica is behind the walk; later it will not be. */
    record NotYetVisible(CompleteThrough completeThrough) implements HistoryAnswer {}

    /** The cursor belongs to events that are not here any more. */
    record Gone(String reason) implements HistoryAnswer {}
}

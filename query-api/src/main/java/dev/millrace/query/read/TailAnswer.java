package dev.millrace.query.read;

import java.util.List;

/** What a look behind a position found. */
public sealed interface TailAnswer {
    /**
     * What came since.
     *
     * @param events of all kinds, in the order of all events; empty if there is nothing
     * @param through the position behind them
     * @param more whether there was more than was asked for
     */
    record News(List<StoredEvent> events, StreamPosition through, boolean more) implements TailAnswer {}

    /** Nothing can follow: the position means nothing here any more. */
    record Gone(String reason) implements TailAnswer {}
}

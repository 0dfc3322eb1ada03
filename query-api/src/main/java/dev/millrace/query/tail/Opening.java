package dev.millrace.query.tail;

import dev.millrace.query.read.CompleteThrough;

/** What asking for a stream came to. */
public sealed interface Opening {
    /** It is open: the caller starts it, or closes it. */
    record Opened(Subscription subscription) implements Opening {}

    /** There are as many as there may be, or the service stops. */
    record Refused(String reason) implements Opening {}

    /** The cursor belongs to events that are not here any more. */
    record Gone(String reason) implements Opening {}

    /** The replica is behind the cursor. */
    record NotYetVisible(CompleteThrough completeThrough) implements Opening {}
}

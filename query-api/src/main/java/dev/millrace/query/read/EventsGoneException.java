package dev.millrace.query.read;

/** Events that were still to be read are not here any more, so what was begun cannot become whole. */
public final class EventsGoneException extends RuntimeException {
    EventsGoneException(String message) {
        super(message);
    }
}

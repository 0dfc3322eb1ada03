package dev.millrace.query.match;

/** To compare one event with one filter takes too long. An expected outcome, so it carries no stack trace. */
public final class CostlyMatchException extends RuntimeException {
    CostlyMatchException() {
        super("comparing an event with this filter takes too long", null, false, false);
    }
}

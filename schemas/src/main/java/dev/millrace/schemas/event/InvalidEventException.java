package dev.millrace.schemas.event;

/**
 * Something is not an event. It carries no stack trace: a topic full of bad records must not cost
 * more than a topic full of good ones.
 */
public final class InvalidEventException extends RuntimeException {
    private final RejectReason reason;
    private final String detail;

    /**
     * @param detail what is wrong and where, for a person, without the content of the event
     */
    public InvalidEventException(RejectReason reason, String detail) {
        super(reason.label() + ": " + detail, null, false, false);
        this.reason = reason;
        this.detail = detail;
    }

    /** The same, said of a part of the event. */
    InvalidEventException inField(String field) {
        return new InvalidEventException(reason, field + ": " + detail);
    }

    /** What is wrong, as a fixed word. */
    public RejectReason reason() {
        return reason;
    }

    /** What is wrong and where, for a person. */
    public String detail() {
        return detail;
    }
}

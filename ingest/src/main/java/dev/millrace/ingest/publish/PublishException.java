package dev.millrace.ingest.publish;

import java.io.Serial;

/** An event has no receipt. The kind is what the caller may do about it. */
public final class PublishException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What is known about the event. */
    public enum Kind {
        /** It never left: Kafka could not be reached, or the publisher was closed. Try again later. */
        NOT_SENT,
        /** Kafka refused it for good. Sending it again fails again. */
        REFUSED,
        /** It may be stored or not. Sending it again is safe with the same event id and key. */
        UNKNOWN
    }

    private final Kind kind;

    PublishException(Kind kind, String problem, Throwable cause) {
        super(problem + ": " + cause.getMessage(), cause);
        this.kind = kind;
    }

    PublishException(Kind kind, String problem) {
        super(problem);
        this.kind = kind;
    }

    /** What is known about the event. */
    public Kind kind() {
        return kind;
    }
}

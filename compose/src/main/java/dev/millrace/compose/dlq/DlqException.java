package dev.millrace.compose.dlq;

import java.io.Serial;

/** Why it cannot be done; the message is for the person who asked for it. */
public final class DlqException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Kafka or a topic is UNAVAILABLE, or what was asked for has FAILED for good. */
    public enum Kind {
        UNAVAILABLE,
        FAILED
    }

    private final Kind kind;

    public DlqException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public DlqException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Decides the exit code. */
    public Kind kind() {
        return kind;
    }
}

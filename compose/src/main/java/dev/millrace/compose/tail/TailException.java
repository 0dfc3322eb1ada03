package dev.millrace.compose.tail;

/** Why following ends; the message is for the person who asked for it. */
public final class TailException extends RuntimeException {
    /** The query API is UNAVAILABLE now, has REFUSED the question, or can never go on: ENDED. */
    public enum Kind {
        UNAVAILABLE,
        REFUSED,
        ENDED
    }

    private final Kind kind;

    TailException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    TailException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Decides whether to ask again, and the exit code. */
    public Kind kind() {
        return kind;
    }
}

package dev.millrace.compose.stack;

/** Why there is no stack; the message is one for the person who asked for it. */
public final class StackException extends RuntimeException {
    /** Something FAILED, the USAGE was wrong, or something outside is UNAVAILABLE. */
    public enum Kind {
        FAILED,
        USAGE,
        UNAVAILABLE
    }

    private final Kind kind;

    public StackException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public StackException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Decides the exit code. */
    public Kind kind() {
        return kind;
    }
}

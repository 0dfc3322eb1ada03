package dev.millrace.query.read;

/** A text is no cursor of ours, or no longer what we gave out. */
public final class InvalidCursorException extends RuntimeException {
    InvalidCursorException(String message) {
        super(message);
    }

    InvalidCursorException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.millrace.schemas.access;

/** Access cannot be decided as things are set up; the message says to a person what to do. */
public final class AccessSetupException extends RuntimeException {
    AccessSetupException(String message) {
        super(message);
    }

    AccessSetupException(String message, Throwable cause) {
        super(message, cause);
    }
}

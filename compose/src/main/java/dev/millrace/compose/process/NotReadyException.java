package dev.millrace.compose.process;

/** A child did not do what it was started for; the message has its last words. */
public final class NotReadyException extends RuntimeException {
    NotReadyException(String message) {
        super(message);
    }
}

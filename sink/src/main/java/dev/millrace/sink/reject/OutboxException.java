package dev.millrace.sink.reject;

import java.io.Serial;

/** The database did not answer, or not as it has to. Trying again is right. */
final class OutboxException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    OutboxException(String reason, Exception cause) {
        super(reason, cause);
    }
}

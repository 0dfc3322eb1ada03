package dev.millrace.sink.write;

import java.sql.SQLException;
import java.util.concurrent.CompletionException;

/** The database did not do what was asked: nothing was written, or it is not known; trying again is safe. */
public final class WriteException extends RuntimeException {
    /** What the caller does next. */
    public enum Kind {
        /** The same again, later: the database is away, busy, full, or undecided. */
        RETRY,
        /** Nothing, until a person has acted: a table is missing, a permission, a version. */
        STOP
    }

    private final Kind kind;

    WriteException(Kind kind, String what, SQLException cause) {
        super(what + ": sqlState=" + cause.getSQLState() + " " + ServerMessage.of(cause), cause);
        this.kind = kind;
    }

    WriteException(Kind kind, String what) {
        super(what);
        this.kind = kind;
    }

    /**
     * What an answer failed with, if asking again may help.
     *
     * @throws CompletionException the failure as it came, if it does not
     */
    public static WriteException retryOf(CompletionException failed) {
        if (failed.getCause() instanceof WriteException failure && failure.kind == Kind.RETRY) {
            return failure;
        }
        throw failed;
    }

    public Kind kind() {
        return kind;
    }
}

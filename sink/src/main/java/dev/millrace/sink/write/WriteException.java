package dev.millrace.sink.write;

import java.sql.SQLException;

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

    public Kind kind() {
        return kind;
    }
}

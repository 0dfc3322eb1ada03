package dev.millrace.query.read;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Nothing was read; the kind says what that means for whoever asked. */
public final class ReadException extends RuntimeException {
    /** The caller's next action. */
    public enum Kind {
        /** Ask for less: the query ran into its time limit. */
        TOO_EXPENSIVE,
        /** Ask again later: the replica cannot be reached, or ended the query in its own interest. */
        UNAVAILABLE,
        /** Ask differently: the database cannot read one of the values. */
        REFUSED,
        /** Tell us: this should not happen. */
        BROKEN
    }

    private final Kind kind;
    private final boolean worthAnotherTry;

    private ReadException(Kind kind, boolean worthAnotherTry, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.worthAnotherTry = worthAnotherTry;
    }

    /** No connection; the pool has waited for one already. */
    static ReadException noConnection(SQLException cause) {
        return new ReadException(Kind.UNAVAILABLE, false, "no connection to the replica", cause);
    }

    /** The wait for something else was ended because the process stops. */
    static ReadException interrupted(InterruptedException cause) {
        return new ReadException(Kind.UNAVAILABLE, false, "interrupted", cause);
    }

    /** A snapshot lacks what an earlier one had: another replica answers, or one that was restarted. */
    static ReadException behind() {
        return new ReadException(Kind.UNAVAILABLE, false, "the replica is behind what was read before", null);
    }

    /** A statement failed; its SQLSTATE decides. */
    static ReadException of(SQLException cause) {
        SqlFailure failure = SqlFailure.of(cause.getSQLState());
        return new ReadException(
                failure.kind(), failure.worthAnotherTry(), "not read: sqlState=" + cause.getSQLState(), cause);
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same once more, on another connection, has a good chance. */
    boolean worthAnotherTry() {
        return worthAnotherTry;
    }
}

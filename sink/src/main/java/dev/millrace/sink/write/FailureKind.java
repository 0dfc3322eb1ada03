package dev.millrace.sink.write;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * What an error of the database means for a batch, decided by its SQLSTATE (appendix A of the
 * PostgreSQL manual). Trouble with the server is never blamed on a record.
 */
enum FailureKind {
    /** An event id is there already: write with care. */
    REPEATED_ID,
    /** No table partition for a row: make it. */
    NO_TABLE_PARTITION,
    /** The database refuses a value: reject that record. */
    REFUSED_VALUE,
    /** Later it may work. */
    RETRY,
    /** A person has to act. */
    STOP;

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String CHECK_VIOLATION = "23514";

    static FailureKind of(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null) {
            return RETRY;
        }
        return switch (state) {
            case UNIQUE_VIOLATION -> REPEATED_ID;
            case CHECK_VIOLATION -> namesConstraint(failure) ? REFUSED_VALUE : NO_TABLE_PARTITION;
            // A program limit: the row is too large for an index, or nested too deep for the stack.
            case "54000", "54001" -> REFUSED_VALUE;
            // The server is a standby, or was one when we connected: connect again.
            case "25006" -> RETRY;
            default -> byClass(state.length() < 2 ? null : state.substring(0, 2));
        };
    }

    /** A constraint that somebody added has a name; the bounds of the table partitions have none. */
    private static boolean namesConstraint(SQLException failure) {
        return failure instanceof PSQLException fromServer
                && fromServer.getServerErrorMessage() != null
                && fromServer.getServerErrorMessage().getConstraint() != null;
    }

    private static FailureKind byClass(@Nullable String stateClass) {
        if (stateClass == null) {
            return RETRY;
        }
        return switch (stateClass) {
            case "22" -> REFUSED_VALUE;
            // Integrity, permissions, missing tables, wrong SQL: the deployment is wrong.
            case "23", "28", "3D", "3F", "42" -> STOP;
            // Connection, deadlock, timeout, shutdown, disk full, and whatever is not known.
            default -> RETRY;
        };
    }
}

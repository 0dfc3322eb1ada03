package dev.millrace.sink.write;

import dev.millrace.schemas.event.RejectReason;
import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.batch.RejectedRow;
import java.sql.SQLException;

/** The database named the row that it refuses. Nothing of what was sent with it is written. */
final class RefusedRowException extends RuntimeException {
    private final EventRow row;
    private final String state;

    RefusedRowException(EventRow row, SQLException cause) {
        super(cause.getMessage(), cause);
        this.row = row;
        state = String.valueOf(cause.getSQLState());
    }

    EventRow row() {
        return row;
    }

    RejectedRow rejection() {
        return rejection(row, state);
    }

    /** A row as what it is now. Says the SQLSTATE and no more: the server's message can quote the record. */
    static RejectedRow rejection(EventRow row, String state) {
        return new RejectedRow(
                row.partition(),
                row.offset(),
                RejectReason.REFUSED_BY_DATABASE,
                "refused by the database, SQLSTATE " + state,
                row.key(),
                row.event().value(),
                row.headers());
    }
}

package dev.millrace.sink.write;

import dev.millrace.sink.batch.EventRow;
import java.sql.SQLException;

/** The database named the row that it refuses. Nothing of the batch is written. */
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

    /** SQLSTATE and nothing else: the server's message can quote the record. */
    String detail() {
        return "refused by the database, SQLSTATE " + state;
    }
}

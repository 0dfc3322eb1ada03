package dev.millrace.sink.write;

import dev.millrace.sink.batch.Batch;
import java.sql.Connection;
import java.sql.SQLException;

/** Writes the rows of a batch inside a transaction that somebody else began and ends. */
interface RowWriter {
    /**
     * @return the events that are not stored
     * @throws SQLException if the transaction is broken, back to a savepoint at best
     * @throws RefusedRowException if the transaction is broken because of one row
     */
    Verdicts write(Connection connection, Batch batch) throws SQLException;
}

package dev.millrace.sink.write;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * One COPY into one table. The rows go out whenever enough of them are encoded, so a batch is never
 * in memory twice. Not thread-safe.
 */
final class CopyStream {
    /** Large enough that the cost of a call does not count, small enough to stay in the cache. */
    private static final int SEND_BYTES = 1 << 16;

    private final CopyBuffer buffer;

    CopyStream(CopyBuffer buffer) {
        this.buffer = buffer;
    }

    /** Encodes rows one by one. */
    interface Rows<R> {
        void encode(R row, CopyBuffer target);
    }

    /**
     * @param statement {@code COPY … FROM STDIN (FORMAT binary)}
     * @throws SQLException if the server refused a row; the transaction can then only go back to a savepoint, or end
     */
    <R> void copy(Connection connection, String statement, Iterable<R> rows, Rows<R> encoding) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
        try {
            buffer.clear();
            buffer.header();
            for (R row : rows) {
                encoding.encode(row, buffer);
                if (buffer.length() >= SEND_BYTES) {
                    send(copy);
                }
            }
            buffer.trailer();
            send(copy);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void send(CopyIn copy) throws SQLException {
        copy.writeToCopy(buffer.bytes(), 0, buffer.length());
        buffer.clear();
    }
}

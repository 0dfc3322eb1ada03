package dev.millrace.sink.write;

import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.batch.RejectedRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The fast path: COPY into every table. It works while no event of the batch is a repeat; the unique
 * key of {@code event_identity} says so. Not thread-safe.
 */
final class CopyRowWriter implements RowWriter {
    /** The server names the line of the COPY that it refused, counted from 1. */
    private static final Pattern NAMED_LINE = Pattern.compile("COPY event, line ([0-9]+)");

    private final String topic;
    private final CopyStream stream;

    CopyRowWriter(String topic, CopyStream stream) {
        this.topic = topic;
        this.stream = stream;
    }

    @Override
    public Verdicts write(Connection connection, Batch batch) throws SQLException {
        copyIdentities(connection, batch.events());
        copyEvents(connection, batch.events());
        copyRejected(connection, batch.rejected());
        return Verdicts.NONE;
    }

    void copyIdentities(Connection connection, List<EventRow> events) throws SQLException {
        if (!events.isEmpty()) {
            // Two writers then wait for each other in one direction only.
            stream.copy(connection, TableCopy.IDENTITY_COPY, IdentityOrder.of(events), TableCopy::identity);
        }
    }

    void copyEvents(Connection connection, List<EventRow> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        try {
            stream.copy(connection, TableCopy.EVENT_COPY, events, TableCopy::event);
        } catch (SQLException failure) {
            int line = namedLine(failure);
            if (FailureKind.of(failure) == FailureKind.REFUSED_VALUE && line >= 1 && line <= events.size()) {
                throw new RefusedRowException(events.get(line - 1), failure);
            }
            throw failure;
        }
    }

    void copyRejected(Connection connection, List<RejectedRow> rejected) throws SQLException {
        if (!rejected.isEmpty()) {
            stream.copy(
                    connection,
                    TableCopy.REJECTED_COPY,
                    rejected,
                    (row, target) -> TableCopy.rejected(topic, row, target));
        }
    }

    /** The line that the error names, or 0. */
    private static int namedLine(SQLException failure) {
        if (failure instanceof PSQLException fromServer) {
            ServerErrorMessage message = fromServer.getServerErrorMessage();
            if (message != null && message.getWhere() != null) {
                Matcher line = NAMED_LINE.matcher(message.getWhere());
                return line.find() ? Integer.parseInt(line.group(1)) : 0;
            }
        }
        return 0;
    }
}

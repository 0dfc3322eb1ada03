package dev.millrace.sink.write;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What the server itself said about a failure, in a line and without the values of a statement. */
final class ServerMessage {
    private ServerMessage() {}

    static String of(SQLException failure) {
        // Of a batch, the driver quotes the statement with all its values; what happened comes after it.
        if (failure instanceof BatchUpdateException batch && batch.getNextException() != null) {
            return of(batch.getNextException());
        }
        if (failure instanceof PSQLException fromServer) {
            ServerErrorMessage message = fromServer.getServerErrorMessage();
            if (message != null && message.getMessage() != null) {
                return firstLine(message.getMessage());
            }
        }
        return firstLine(String.valueOf(failure.getMessage()));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}

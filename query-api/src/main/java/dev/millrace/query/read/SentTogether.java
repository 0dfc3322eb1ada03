package dev.millrace.query.read;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Statements that are sent to the server together, so that they cost one way there and back. Their
 * results are read in the order of the statements. Not thread-safe.
 */
final class SentTogether implements AutoCloseable {
    private final PreparedStatement statement;
    private boolean sent;

    private SentTogether(PreparedStatement statement) {
        this.statement = statement;
    }

    /**
     * Nothing is sent yet.
     *
     * @param fetchSize rows of a result that come at a time; the others as they are read
     */
    static SentTogether of(Connection connection, int fetchSize, List<Sql> statements) throws SQLException {
        Sql all = new Sql();
        for (Sql each : statements) {
            all.add(all.isEmpty() ? "" : "; ").add(each);
        }
        SentTogether together = new SentTogether(all.prepare(connection));
        together.statement.setFetchSize(fetchSize);
        return together;
    }

    /** The result of the next statement. The one before is closed. */
    ResultSet next() throws SQLException {
        boolean isThere = sent ? statement.getMoreResults() : statement.execute();
        sent = true;
        if (!isThere) {
            throw new IllegalStateException("read more results than there are statements");
        }
        return statement.getResultSet();
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}

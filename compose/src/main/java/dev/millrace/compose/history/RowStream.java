package dev.millrace.compose.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads a table row by row, so that it need not fit into memory. */
final class RowStream {
    /** Rows held at a time; a payload may have a megabyte, few have. */
    private static final int FETCHED = 1_000;

    private RowStream() {}

    /** What happens to a row. */
    interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    /**
     * @param connection in a transaction: outside of one the driver fetches everything at once
     * @param parameters texts
     */
    static void read(Connection connection, String sql, Reader reader, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCHED);
            for (int index = 0; index < parameters.length; index++) {
                statement.setString(index + 1, parameters[index]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }
}

package dev.millrace.sink.write;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Which server this is, and which of its lives.
 *
 * @param systemIdentifier made by initdb; a primary and all its replicas have the same
 * @param timeline rises with every promotion, never with a restart; at least 1
 */
record ServerIdentity(long systemIdentifier, long timeline) {
    /**
     * The timeline that is written now, which begins the name of the log file. {@code
     * pg_control_checkpoint()} would show the one before, from a promotion to the checkpoint after it.
     */
    private static final String QUESTION = """
            SELECT system_identifier, pg_walfile_name(pg_current_wal_lsn()) FROM pg_control_system()
            """;

    private static final int TIMELINE_DIGITS = 8;

    /** Asks a primary; a standby fails. */
    static ServerIdentity of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUESTION)) {
            row.next();
            return new ServerIdentity(
                    row.getLong(1), Long.parseLong(row.getString(2).substring(0, TIMELINE_DIGITS), 16));
        }
    }
}

package dev.millrace.compose.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Judges a finished run: the topic against what was sent, the database against the topic. What becomes of a
 * record is worked out here from the topic's bytes and order, never asked of the sink. Thread-safe.
 */
public final class HistoryChecker {
    /**
     * Checks everything in one snapshot of the database. At most some hundred violations of one kind are
     * listed.
     *
     * <p>Memory goes with the records (about 250 bytes each) and sends (about 200), not with their size or with
     * the rows: contents are held as digests, of the JSON value where JSON is compared, and rows are
     * streamed in the order of the records.
     *
     * @param history of producers that have ended
     * @param dump read after they ended
     * @param database on which the sink has caught up; any transaction on it is rolled back
     * @return nothing if all is well
     */
    public List<Violation> check(History history, TopicDump dump, Connection database) throws SQLException {
        boolean autoCommit = database.getAutoCommit();
        int isolation = database.getTransactionIsolation();
        database.setAutoCommit(false);
        database.rollback();
        database.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try {
            return checkInSnapshot(history, dump, database);
        } finally {
            database.rollback();
            database.setTransactionIsolation(isolation);
            database.setAutoCommit(autoCommit);
        }
    }

    private static List<Violation> checkInSnapshot(History history, TopicDump dump, Connection database)
            throws SQLException {
        Violations violations = new Violations();
        Gaps gaps = Gaps.read(database, dump.topic());
        ExpectedRecords expected = new ExpectedRecords(dump, gaps);
        new SendCheck(history, expected, gaps, violations).check();
        OrderCheck.check(history, violations);
        ExpectedRows events = new EventCheck(expected, violations).check(database);
        ExpectedRows rejected = new RejectedCheck(expected, violations).check(database);
        new OffsetCheck(expected, events, rejected, violations).check(database);
        return violations.toList();
    }
}

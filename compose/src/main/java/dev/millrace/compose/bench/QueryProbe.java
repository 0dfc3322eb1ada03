package dev.millrace.compose.bench;

import dev.millrace.ingest.library.LibraryEvents;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Asks the replica for the loans of one book after another, few of all events, over one connection. For one thread. */
final class QueryProbe implements Timetable.Step, AutoCloseable {
    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final int DIGITS = 3;

    /** Before the connection breaks, so that the server says what it was that it gave up. */
    private static final int LIMIT_SECONDS = (int) BoundedConnection.LIMIT.toSeconds() / 2;

    private static final String QUESTION = """
            SELECT appended_at, kafka_partition, kafka_offset, event_id, event_type, payload, metadata
            FROM event WHERE event_type = ? AND payload @> ?::jsonb
            ORDER BY appended_at, kafka_partition, kafka_offset LIMIT 100
            """;

    private final Connection connection;
    private final PreparedStatement question;
    private final LibraryEvents library;
    private final SplittableRandom random;
    private final Histogram micros = new Histogram(LONGEST_MICROS, DIGITS);

    /**
     * Asks once for nothing, so that the first answer that counts waits for no connection.
     *
     * @param readerUrl JDBC address of the replica with the query API's credentials
     * @param library the one whose events are written
     * @param seed the same questions for the same one
     */
    QueryProbe(String readerUrl, LibraryEvents library, long seed) throws SQLException {
        this.library = library;
        random = new SplittableRandom(seed);
        connection = BoundedConnection.open(readerUrl);
        try {
            question = connection.prepareStatement(QUESTION);
            question.setQueryTimeout(LIMIT_SECONDS);
            ask();
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    @Override
    public void take(long dueNanos) throws SQLException {
        ask();
        record(dueNanos);
    }

    /** It has waited so long at least. */
    @Override
    public void miss(long dueNanos) {
        record(dueNanos);
    }

    /** How long answers took from the moments at which questions were due, in microseconds; up to an hour. */
    Histogram micros() {
        return micros;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private void record(long dueNanos) {
        micros.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - dueNanos) / 1_000));
    }

    private void ask() throws SQLException {
        // Every book alike, though some are wanted far more often: most have few loans.
        String book = library.bookId(random.nextInt(LibraryEvents.BOOKS));
        question.setString(1, JdbcAsker.TYPE);
        question.setString(2, JdbcAsker.match(book));
        try (ResultSet events = question.executeQuery()) {
            while (events.next()) {
                events.getString("payload");
            }
        }
    }
}

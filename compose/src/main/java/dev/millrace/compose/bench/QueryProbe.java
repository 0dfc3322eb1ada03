package dev.millrace.compose.bench;

import dev.millrace.ingest.library.LibraryEvents;
import java.sql.SQLException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Asks the replica for the loans of one book after another, few of all events, over one connection. For one thread. */
final class QueryProbe implements Timetable.Step, AutoCloseable {
    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final int DIGITS = 3;

    private final JdbcAsker asker;
    private final LibraryEvents library;
    private final SplittableRandom random;
    private final Histogram micros = new Histogram(LONGEST_MICROS, DIGITS);

    /**
     * Asks once for nothing, so that the first answer that counts waits for no connection.
     *
     * @param readerUrl JDBC address of the replica with the query API's credentials
     * @param library the one whose events are written
     * @param events how many there will be
     * @param seed the same questions for the same one
     */
    QueryProbe(String readerUrl, LibraryEvents library, long events, long seed) throws SQLException {
        this.library = library;
        random = new SplittableRandom(seed);
        asker = new JdbcAsker(readerUrl, events);
        try {
            ask();
        } catch (SQLException | RuntimeException failure) {
            asker.close();
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
        asker.close();
    }

    private void record(long dueNanos) {
        micros.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - dueNanos) / 1_000));
    }

    private void ask() throws SQLException {
        // Every book alike, though some are wanted far more often: most have few loans.
        asker.ask(library.bookId(random.nextInt(LibraryEvents.BOOKS)));
    }
}

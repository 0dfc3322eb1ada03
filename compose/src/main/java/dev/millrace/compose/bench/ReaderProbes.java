package dev.millrace.compose.bench;

import dev.millrace.compose.bench.BenchStack.Addresses;
import dev.millrace.ingest.library.LibraryEvents;
import java.sql.SQLException;
import java.time.Duration;

/** Questions to the replica every 50 ms, and a look at the primary's pending lists every 200 ms. Thread-safe. */
final class ReaderProbes implements Companion, AutoCloseable {
    private static final Duration QUESTIONS = Duration.ofMillis(50);
    private static final Duration LOOKS = Duration.ofMillis(200);

    private final QueryProbe queries;
    private final PendingListProbe lists;
    private final Timetable questions;
    private final Timetable looks;

    /**
     * Connects; the rest begins with {@link #begin}.
     *
     * @param events how many there will be
     */
    ReaderProbes(Addresses addresses, LibraryEvents library, long events, long seed) throws SQLException {
        queries = new QueryProbe(addresses.reader(), library, events, seed);
        try {
            lists = new PendingListProbe(addresses.owner());
        } catch (SQLException | RuntimeException failure) {
            queries.close();
            throw failure;
        }
        questions = new Timetable("query-probe", QUESTIONS, queries);
        looks = new Timetable("pending-list-probe", LOOKS, lists);
    }

    @Override
    public void begin() {
        questions.begin();
        looks.begin();
    }

    @Override
    public void end() {
        questions.end();
        looks.end();
    }

    /**
     * What was found, after the end and the last answer.
     *
     * @throws Exception what the first question or look that failed threw
     */
    QueryFigures figures() throws Exception {
        questions.finish();
        looks.finish();
        return new QueryFigures(queries.micros(), lists.bytes());
    }

    @Override
    public void close() throws SQLException {
        try (lists;
                queries) {
            questions.close();
            looks.close();
        }
    }
}

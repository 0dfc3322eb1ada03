package dev.millrace.compose.bench;

import dev.millrace.compose.bench.AskingThreads.Answers;
import dev.millrace.compose.bench.BenchStack.Addresses;
import dev.millrace.compose.stack.Progress;
import dev.millrace.ingest.library.LibraryEvents;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How long a selective question takes while events are written: over HTTP, and with the same statements over
 * JDBC; with a tenth of the events and with all of them; at a steady rate, and as fast as the answers come. Run
 * it once; close it from any thread.
 */
public final class Queries implements Measurement {
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(20);

    /** As many as the query API has connections by default. */
    private static final int THREADS = 8;

    private final QuerySettings settings;
    private final Progress progress;
    private final MeasuredStack stack;
    private final LibraryEvents library;
    private final List<QueryRun> runs = new ArrayList<>();

    /** A way of asking. */
    private interface Way {
        Asker open() throws SQLException;
    }

    /** Claims the directory; starts nothing yet. */
    public Queries(QuerySettings settings, StackVariant variant, Progress progress) {
        this.settings = settings;
        this.progress = progress;
        stack = new MeasuredStack(settings.directory(), variant, progress);
        library = new LibraryEvents(settings.seed(), settings.ids());
    }

    @Override
    public QueryReport run() throws Exception {
        return stack.run(this::measure);
    }

    @Override
    public void close() {
        stack.close();
    }

    private QueryReport measure(Addresses addresses, StackVariant variant) throws Exception {
        StoredLibrary store = new StoredLibrary(addresses, library, stack.stop(), progress);
        store.fillTo(settings.events() / 10);
        compare("", settings.rate(), addresses, store);
        store.fillTo(settings.events());
        compare("", settings.rate(), addresses, store);
        compare(" at full speed", AskingThreads.UNLIMITED, addresses, store);
        return new QueryReport(settings, variant, List.copyOf(runs));
    }

    private void compare(String remark, int rate, Addresses addresses, StoredLibrary store) throws Exception {
        long stored = store.size();
        measure("jdbc" + remark, stored, rate, () -> new JdbcAsker(addresses.reader(), stored), store);
        measure("http" + remark, stored, rate, () -> new HttpAsker(addresses.api()), store);
    }

    private void measure(String name, long stored, int rate, Way way, StoredLibrary store) throws Exception {
        List<Asker> askers = new ArrayList<>();
        try (StoredLibrary.Writing writing = store.write(settings.writes())) {
            for (int thread = 0; thread < THREADS; thread++) {
                askers.add(way.open());
            }
            asking(askers, rate).ask(shorter(settings.duration(), LONGEST_WARM_UP));
            Map<String, Double> before = stack.cpuSeconds();
            Answers answers = asking(askers, rate).ask(settings.duration());
            Map<String, Double> cpuSeconds = CommitClock.difference(stack.cpuSeconds(), before);
            writing.finish();
            runs.add(new QueryRun(name, stored, answers, cpuSeconds));
            progress.say("%s, %d events: %.0f questions/s".formatted(name, stored, answers.perSecond()));
        } finally {
            for (Asker asker : askers) {
                asker.close();
            }
        }
    }

    private AskingThreads asking(List<Asker> askers, int rate) {
        return new AskingThreads(askers, library, rate, stack.stop());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

package dev.millrace.compose.bench;

import dev.millrace.compose.bench.BenchStack.Addresses;
import dev.millrace.compose.stack.Progress;
import dev.millrace.compose.stack.StackDirectory;
import dev.millrace.ingest.library.LibraryEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * How fast everything can be read: by the query API's export, as it is and compressed, and over JDBC with one
 * statement that reads the same rows in the same order. In turn, after a first round that does not count. Run it
 * once; close it from any thread.
 */
public final class Exports implements Measurement {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ExportSettings settings;
    private final StackVariant variant;
    private final Progress progress;
    private final BenchStack stack;
    private final BenchLife life;

    /** Claims the directory; starts nothing yet. */
    public Exports(ExportSettings settings, StackVariant variant, Progress progress) {
        this.settings = settings;
        this.variant = variant;
        this.progress = progress;
        stack = new BenchStack(new StackDirectory(settings.directory()), progress);
        life = new BenchLife(stack);
    }

    @Override
    public ExportReport run() throws Exception {
        return life.run(() -> measure(stack.startWithSink(variant)));
    }

    @Override
    public void close() {
        life.close();
    }

    private ExportReport measure(Addresses addresses) throws Exception {
        Map<String, String> postgres = stack.change(variant.postgres());
        LibraryEvents library = new LibraryEvents(settings.seed(), settings.ids(), START);
        new StoredLibrary(addresses, library, life.stop(), progress).fillTo(settings.events());
        Map<String, WholeReading> ways = new LinkedHashMap<>();
        ways.put(ExportReport.CEILING, new JdbcReading(addresses.reader()));
        ways.put("http", new HttpReading(addresses.api(), false));
        ways.put("http-gzip", new HttpReading(addresses.api(), true));
        Map<String, List<ExportRun>> runs = new LinkedHashMap<>();
        for (int round = 0; round <= settings.rounds(); round++) {
            for (Map.Entry<String, WholeReading> way : ways.entrySet()) {
                ExportRun run = run(way.getValue());
                progress.say("round %d  %-9s %9.0f events/s, %d bytes"
                        .formatted(round, way.getKey(), run.eventsPerSecond(), run.bytes()));
                if (round > 0) {
                    runs.computeIfAbsent(way.getKey(), name -> new ArrayList<>())
                            .add(run);
                }
            }
        }
        return new ExportReport(settings, variant.withPostgres(postgres), runs);
    }

    private ExportRun run(WholeReading way) throws Exception {
        if (life.stop().getCount() == 0) {
            throw new CancellationException("stopped");
        }
        Map<String, Double> before = stack.cpuSeconds();
        long begin = System.nanoTime();
        WholeReading.Result result = way.read();
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (result.events() != settings.events()) {
            throw new IllegalStateException("%d of %d events came".formatted(result.events(), settings.events()));
        }
        return new ExportRun(
                result.events(), result.bytes(), seconds, CommitClock.difference(stack.cpuSeconds(), before));
    }
}

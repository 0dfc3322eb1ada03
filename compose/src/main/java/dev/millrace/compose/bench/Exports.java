package dev.millrace.compose.bench;

import dev.millrace.compose.bench.BenchStack.Addresses;
import dev.millrace.compose.stack.Progress;
import dev.millrace.ingest.library.LibraryEvents;
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
    private final ExportSettings settings;
    private final Progress progress;
    private final MeasuredStack stack;

    /** Claims the directory; starts nothing yet. */
    public Exports(ExportSettings settings, StackVariant variant, Progress progress) {
        this.settings = settings;
        this.progress = progress;
        stack = new MeasuredStack(settings.directory(), variant, progress);
    }

    @Override
    public ExportReport run() throws Exception {
        return stack.run(this::measure);
    }

    @Override
    public void close() {
        stack.close();
    }

    private ExportReport measure(Addresses addresses, StackVariant variant) throws Exception {
        LibraryEvents library = new LibraryEvents(settings.seed(), settings.ids());
        new StoredLibrary(addresses, library, stack.stop(), progress).fillTo(settings.events());
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
        return new ExportReport(settings, variant, runs);
    }

    private ExportRun run(WholeReading way) throws Exception {
        if (stack.stop().getCount() == 0) {
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

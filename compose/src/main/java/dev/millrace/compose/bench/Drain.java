package dev.millrace.compose.bench;

import dev.millrace.compose.bench.BenchStack.Addresses;
import dev.millrace.compose.stack.Progress;
import dev.millrace.compose.stack.StackDirectory;
import dev.millrace.ingest.library.LibraryEvents;
import dev.millrace.ingest.load.Load;
import dev.millrace.ingest.load.LoadPlan;
import dev.millrace.ingest.load.LoadReport;
import dev.millrace.ingest.publish.EventPublisher;
import dev.millrace.ingest.publish.PublisherConfig;
import dev.millrace.sink.upkeep.TablePartitions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;

/**
 * How fast a full topic gets into the primary: by the sink; by COPY alone, of rows encoded beforehand, in
 * the same transactions into the same tables; and by COPY into tables that have a primary key and no
 * other index. Every contender begins with empty tables after a checkpoint, a replica follows, and what
 * it stored is counted. One run before the first round does not count. Run it once; close it from any thread.
 */
public final class Drain implements Measurement {
    private final BenchSettings settings;
    private final DrainVariant variant;
    private final Progress progress;
    private final StackDirectory directory;
    private final BenchStack stack;
    private final BenchLife life;
    private final CountDownLatch stop;

    /** Claims the directory; starts nothing yet. */
    public Drain(BenchSettings settings, DrainVariant variant, Progress progress) {
        this.settings = settings;
        this.variant = variant;
        this.progress = progress;
        directory = new StackDirectory(settings.directory());
        stack = new BenchStack(directory, progress);
        life = new BenchLife(stack);
        stop = life.stop();
    }

    @Override
    public DrainReport run() throws Exception {
        return life.run(() -> measure(stack.start(settings.workers(), variant)));
    }

    @Override
    public void close() {
        life.close();
    }

    private DrainReport measure(Addresses addresses) throws Exception {
        Map<String, String> postgres = stack.change(variant.stack().postgres());
        publish(addresses.kafka());
        PreparedRows rows = new TopicReader(settings.workers())
                .read(addresses.kafka(), settings.events(), directory.root().resolve("rows"));
        progress.say("rows prepared: batches=" + rows.batches());
        new TablePartitions(addresses.owner()).ensure(rows.appendTimes(), Long::longValue);
        try (BenchTables tables = new BenchTables(addresses.owner(), addresses.replica())) {
            tables.makePlain();
            List<Contender> contenders = contenders(addresses, tables, rows);
            warmUp(contenders, tables);
            Map<String, List<Run>> runs = new LinkedHashMap<>();
            for (int round = 0; round < settings.rounds(); round++) {
                for (Contender contender : contenders) {
                    tables.empty(stop);
                    Run run = measure(contender, addresses);
                    say("round " + (round + 1), contender, run, "counted: " + tables.check(contender, rows.ends()));
                    runs.computeIfAbsent(contender.name(), name -> new ArrayList<>())
                            .add(run);
                }
                // Another one is first in the next round.
                Collections.rotate(contenders, -1);
            }
            return new DrainReport(settings, variant.stack().withPostgres(postgres), runs);
        }
    }

    /** Makes the files of the log, which all later runs use again and the first one would have to pay for. */
    private void warmUp(List<Contender> contenders, BenchTables tables) throws Exception {
        for (Contender contender : contenders) {
            if (contender.name().equals(DrainReport.CEILING)) {
                tables.empty(stop);
                say("warm-up", contender, alone(contender), "not part of the result");
            }
        }
    }

    private Run measure(Contender contender, Addresses addresses) throws Exception {
        if (!variant.queries() || contender.schema() != Schema.MIGRATED) {
            return alone(contender);
        }
        try (ReaderProbes readers = new ReaderProbes(addresses, library(), settings.events(), settings.seed())) {
            CommitClock clock = new CommitClock(settings.events(), stack::cpuSeconds, readers);
            contender.run(clock);
            return clock.run().with(readers.figures());
        }
    }

    private Run alone(Contender contender) throws Exception {
        CommitClock clock = new CommitClock(settings.events(), stack::cpuSeconds, Companion.NONE);
        contender.run(clock);
        return clock.run();
    }

    private LibraryEvents library() {
        return new LibraryEvents(settings.seed(), settings.ids());
    }

    private void publish(String kafka) throws IOException {
        LibraryEvents library = library();
        Load load = new Load(
                new LoadPlan(LoadPlan.UNLIMITED, settings.events(), LoadPlan.ENDLESS), library::next, count -> {
                    if (stop.getCount() == 0) {
                        throw new CancellationException("stopped");
                    }
                });
        PublisherConfig config = PublisherConfig.defaults().withBootstrapServers(kafka);
        LoadReport report = load.run(new EventPublisher(config));
        if (report.acknowledged() != settings.events()) {
            throw new IOException(
                    "Kafka acknowledged " + report.acknowledged() + " of " + settings.events() + " events");
        }
        progress.say("events published: " + report.acknowledged());
    }

    private List<Contender> contenders(Addresses addresses, BenchTables tables, PreparedRows rows) {
        return new ArrayList<>(List.of(
                new SinkContender(stack, tables, settings.events(), stop),
                new CopyContender(DrainReport.CEILING, Schema.MIGRATED, addresses, rows, stop),
                new CopyContender("no-index", Schema.PLAIN, addresses, rows, stop)));
    }

    private void say(String when, Contender contender, Run run, String remark) {
        progress.say(String.format(
                Locale.ROOT,
                "%-7s  %-9s %9.0f events/s, %.1f s in all; %s",
                when,
                contender.name(),
                run.eventsPerSecond(),
                run.whole().toMillis() / 1e3,
                remark));
    }
}

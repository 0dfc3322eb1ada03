package dev.millrace.compose.bench;

import dev.millrace.compose.bench.BenchStack.Addresses;
import dev.millrace.compose.stack.Progress;
import dev.millrace.ingest.library.LibraryEvents;
import dev.millrace.ingest.load.Load;
import dev.millrace.ingest.load.LoadPlan;
import dev.millrace.ingest.load.LoadReport;
import dev.millrace.ingest.publish.EventPublisher;
import dev.millrace.ingest.publish.OutgoingEvent;
import dev.millrace.ingest.publish.PublisherConfig;
import dev.millrace.ingest.publish.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How long after Kafka's acknowledgement an event is visible on the replica, at steady rates: one after
 * another, each after a warm-up that does not count. Run it once; close it from any thread.
 */
public final class Freshness implements Measurement {
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(10);
    private static final long STEP_MILLIS = 10;

    private final FreshnessSettings settings;
    private final Progress progress;
    private final MeasuredStack stack;
    private final LibraryEvents library;
    private long published;
    private @Nullable Load load;

    /** Claims the directory; starts nothing yet. */
    public Freshness(FreshnessSettings settings, StackVariant variant, Progress progress) {
        this.settings = settings;
        this.progress = progress;
        stack = new MeasuredStack(settings.directory(), variant, progress);
        library = new LibraryEvents(settings.seed(), settings.ids());
    }

    @Override
    public FreshnessReport run() throws Exception {
        return stack.run(this::measure);
    }

    @Override
    public void close() {
        stack.stop().countDown();
        try {
            stopLoad();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            stack.close();
        }
    }

    private FreshnessReport measure(Addresses addresses, StackVariant variant) throws Exception {
        SinkStalls stalls = new SinkStalls(addresses.sink());
        List<FreshnessRun> runs = new ArrayList<>();
        for (int rate : settings.rates()) {
            warmUp(rate, addresses);
            runs.add(count(rate, addresses, stalls));
        }
        return new FreshnessReport(settings, variant, List.copyOf(runs));
    }

    private void warmUp(int rate, Addresses addresses) throws Exception {
        Duration length = settings.duration().compareTo(LONGEST_WARM_UP) < 0 ? settings.duration() : LONGEST_WARM_UP;
        EventPublisher publisher = publisher(addresses);
        try {
            connect(publisher, addresses);
            try (FreshnessWatch watch = new FreshnessWatch(addresses.replica())) {
                publish(new LoadPlan(rate, Long.MAX_VALUE, length), publisher, watch);
            }
        } finally {
            abandon(publisher);
        }
        progress.say("warmed up: " + rate + " events/s for " + length.toMillis() / 1e3 + " s");
    }

    private FreshnessRun count(int rate, Addresses addresses, SinkStalls stalls) throws Exception {
        EventPublisher publisher = publisher(addresses);
        try {
            connect(publisher, addresses);
            return count(rate, publisher, addresses, stalls);
        } finally {
            abandon(publisher);
        }
    }

    private FreshnessRun count(int rate, EventPublisher publisher, Addresses addresses, SinkStalls stalls)
            throws Exception {
        Map<String, Double> stallsBefore = stalls.counts();
        Map<String, Double> cpuBefore = stack.cpuSeconds();
        LoadReport report;
        Map<String, Double> cpuSeconds;
        FreshnessWatch watch = new FreshnessWatch(addresses.replica());
        try (watch) {
            report = publish(new LoadPlan(rate, settings.events(), settings.duration()), publisher, watch);
            cpuSeconds = CommitClock.difference(stack.cpuSeconds(), cpuBefore);
        }
        Map<String, Double> stalled = SinkStalls.between(stallsBefore, stalls.counts());
        long stored = new ReplicaEvents(addresses.replica()).require(published);
        progress.say("%d events/s: acknowledged and visible: %d; events on the replica: %d"
                .formatted(rate, report.acknowledged(), stored));
        return new FreshnessRun(rate, report, watch.latency(), cpuSeconds, stalled);
    }

    private static EventPublisher publisher(Addresses addresses) {
        return new EventPublisher(PublisherConfig.defaults().withBootstrapServers(addresses.kafka()));
    }

    /** Does nothing after a load, which has closed it; after a failure nobody waits for its answers. */
    private static void abandon(EventPublisher publisher) {
        publisher.close(Duration.ZERO);
    }

    /** Publishes an event, so that no other event waits for the connection. */
    private void connect(EventPublisher publisher, Addresses addresses) throws Exception {
        OutgoingEvent first = library.next();
        // Beside, since it waits for Kafka as long as it takes, and a stop takes Kafka away.
        CompletableFuture<Receipt> receipt =
                CompletableFuture.supplyAsync(() -> publisher.publish(first)).thenCompose(Function.identity());
        while (!receipt.isDone()) {
            if (stack.stop().await(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new CancellationException("stopped");
            }
        }
        try (FreshnessWatch watch = new FreshnessWatch(addresses.replica())) {
            watch.acknowledged(receipt.get());
            published += watch.awaitAll(stack.stop());
        }
    }

    /**
     * Returns when all of its events are visible.
     *
     * @param publisher is closed
     */
    private LoadReport publish(LoadPlan plan, EventPublisher publisher, FreshnessWatch watch)
            throws InterruptedException {
        LoadReport report = begin(new Load(plan, library::next, count -> watch.requireWell()))
                .run(publisher, watch::acknowledged);
        long seen = watch.awaitAll(stack.stop());
        requireGoesOn();
        if (report.failed() > 0 || seen != report.acknowledged()) {
            throw new IllegalStateException("%d events were not acknowledged; %d acknowledged, %d seen on the replica"
                    .formatted(report.failed(), report.acknowledged(), seen));
        }
        published += report.acknowledged();
        return report;
    }

    /** One that comes after the stop never begins. */
    private synchronized Load begin(Load next) {
        requireGoesOn();
        load = next;
        return next;
    }

    private void requireGoesOn() {
        if (stack.stop().getCount() == 0) {
            throw new CancellationException("stopped");
        }
    }

    private void stopLoad() throws InterruptedException {
        Load running;
        synchronized (this) {
            running = load;
        }
        if (running != null) {
            running.stop();
        }
    }
}

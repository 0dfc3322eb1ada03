package dev.millrace.compose.cli;

import dev.millrace.compose.console.JsonLine;
import dev.millrace.compose.console.RecordProgress;
import dev.millrace.compose.settings.Scope;
import dev.millrace.ingest.library.LibraryEvents;
import dev.millrace.ingest.load.Latency;
import dev.millrace.ingest.load.Load;
import dev.millrace.ingest.load.LoadPlan;
import dev.millrace.ingest.load.LoadReport;
import dev.millrace.ingest.publish.EventPublisher;
import dev.millrace.ingest.publish.PublishException;
import dev.millrace.ingest.publish.PublishReport;
import dev.millrace.ingest.publish.PublisherConfig;
import dev.millrace.ingest.publish.TopicCheck;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Publishes made-up events at a steady rate. */
@Command(
        name = "load",
        description = {
            "Publishes the events of a made-up library (60,000 books, 10,000 readers, about 460 bytes an event) and says"
                    + " how long Kafka took to acknowledge them.",
            "Each event has its moment, whether or not those before it are acknowledged; latency counts from that"
                    + " moment, so an event that had to wait for its turn counts that wait, too.",
            "Kafka is KAFKA_BOOTSTRAP_SERVERS of the environment; without it, that of the stack which runs in DIR."
        },
        footer = {
            "",
            "Examples:",
            "  millrace load --rate 300 --duration 5m              the old system's load",
            "  millrace load --events 1000000                      a million, as fast as they are taken",
            "  millrace load --rate 2000 --duration 30s --output json",
            "",
            "Ctrl-C sends no more, waits for the answers and prints the result.",
            "Exit codes: 0 all acknowledged, 3 some were not, 1 none was, 2 wrong usage, 4 Kafka cannot be reached."
        })
final class LoadCommand implements Callable<Integer> {
    /** Long enough for a broker that has just started, short enough for a person. */
    private static final Duration KAFKA_LIMIT = Duration.ofSeconds(10);

    /** The publisher waits 20 s for answers. */
    private static final long RESULT_LIMIT_SECONDS = 25;

    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Mixin
    private EventIdsOption ids;

    @Mixin
    private OutputOption output;

    @Option(
            names = "--rate",
            paramLabel = "N|max",
            defaultValue = "max",
            converter = RateConverter.class,
            description = "Events per second; max or 0 for as many as go. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "For how long, for example 30s, 5m or 1h.")
    private @Nullable Duration duration;

    @Option(names = "--events", paramLabel = "N", description = "How many events; with --duration, what ends first.")
    private @Nullable Long events;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "The same events for the same number, ids and times included: the second time they are"
                    + " duplicates. Default: others each time, which occur from now on.")
    private @Nullable Long seed;

    @Override
    public Integer call() throws Exception {
        LoadPlan plan = plan();
        try {
            Map<String, String> kafka = options.require(Scope.LOAD).kafkaProperties();
            PublisherConfig config = PublisherConfig.defaults().withKafkaProperties(kafka);
            TopicCheck.requireTopic(config, KAFKA_LIMIT);
            return load(plan, config);
        } catch (PublishException failure) {
            spec.commandLine().getErr().println("millrace: " + failure.getMessage());
            return failure.kind() == PublishException.Kind.NOT_SENT ? ExitCode.UNAVAILABLE : ExitCode.FAILED;
        }
    }

    private LoadPlan plan() {
        if (duration == null && events == null) {
            throw new ParameterException(spec.commandLine(), "--duration or --events has to say when it ends");
        }
        if (events != null && events < 1) {
            throw new ParameterException(spec.commandLine(), "--events is at least 1, not " + events);
        }
        return new LoadPlan(
                rate, events == null ? Long.MAX_VALUE : events, duration == null ? LoadPlan.ENDLESS : duration);
    }

    private int load(LoadPlan plan, PublisherConfig config) {
        CountDownLatch printed = new CountDownLatch(1);
        try {
            LoadReport report = report(plan, config, printed);
            print(report);
            return new PublishReport(report.acknowledged(), report.failed()).exitCode();
        } finally {
            printed.countDown();
        }
    }

    /** @param printed until then a signal does not end this process */
    private LoadReport report(LoadPlan plan, PublisherConfig config, CountDownLatch printed) {
        LibraryEvents library = seed == null
                ? new LibraryEvents(new SecureRandom().nextLong(), ids.ids(), Instant.now())
                : new LibraryEvents(seed, ids.ids());
        try (RecordProgress progress =
                new RecordProgress("publishing", spec.commandLine().getErr(), ProgressTerminal.find())) {
            Load load = new Load(plan, library::next, count -> progress.step());
            EventPublisher publisher = new EventPublisher(config);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(load, printed), "stop"));
            progress.begin(plan.expected());
            return load.run(publisher);
        }
    }

    private static void stop(Load load, CountDownLatch printed) {
        try {
            load.stop();
            if (!printed.await(RESULT_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the load does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(LoadReport report) {
        spec.commandLine().getOut().println(output.isJson() ? JsonLine.of(members(report)) : text(report));
        spec.commandLine().getOut().flush();
    }

    private static Map<String, Object> members(LoadReport report) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("acknowledged", report.acknowledged());
        all.put("failed", report.failed());
        all.put("seconds", report.length().toNanos() / 1e9);
        all.put("events_per_second", report.eventsPerSecond());
        all.put("latency_ms", report.latency().members());
        return all;
    }

    private static String text(LoadReport report) {
        Latency latency = report.latency();
        return String.format(
                Locale.ROOT,
                "loaded: acknowledged=%d failed=%d seconds=%.1f eventsPerSecond=%.1f%n"
                        + "latency ms: p50=%.1f p99=%.1f p999=%.1f max=%.1f",
                report.acknowledged(),
                report.failed(),
                report.length().toNanos() / 1e9,
                report.eventsPerSecond(),
                latency.p50(),
                latency.p99(),
                latency.p999(),
                latency.max());
    }
}

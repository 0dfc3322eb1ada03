package dev.millrace.compose.cli;

import dev.millrace.compose.console.ByteProgress;
import dev.millrace.compose.console.JsonLine;
import dev.millrace.compose.settings.Scope;
import dev.millrace.ingest.publish.EventLineReader;
import dev.millrace.ingest.publish.EventPublisher;
import dev.millrace.ingest.publish.LinePublisher;
import dev.millrace.ingest.publish.PublishException;
import dev.millrace.ingest.publish.PublishReport;
import dev.millrace.ingest.publish.PublisherConfig;
import dev.millrace.ingest.publish.TopicCheck;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes a file of events. */
@Command(
        name = "publish",
        description = {
            "Publishes NDJSON, one event a line, and prints a receipt for each in the order of the input.",
            "A line has event_type and payload, and if wanted event_id, occurred_at, key and metadata. A bad line"
                    + " is named on stderr, and the others go through.",
            "Receipts are JSON on stdout; --output json makes the summary on stderr JSON, too.",
            "Kafka is KAFKA_BOOTSTRAP_SERVERS of the environment; without it, that of the stack which runs in DIR."
        },
        footer = {
            "",
            "Examples:",
            "  millrace publish events.ndjson > receipts.ndjson",
            "  echo '{\"event_type\":\"greeting\",\"payload\":{\"hello\":\"world\"}}' | millrace publish -",
            "",
            "Exit codes: 0 all published, 3 some were not, 1 none was, 4 Kafka cannot be reached."
        })
final class PublishCommand implements Callable<Integer> {
    /** Long enough for a broker that has just started, short enough for a person. */
    private static final Duration KAFKA_LIMIT = Duration.ofSeconds(10);

    private static final String STANDARD_INPUT = "-";

    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Mixin
    private OutputOption output;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            defaultValue = STANDARD_INPUT,
            description = "File of events, or - for standard input. Default: ${DEFAULT-VALUE}.")
    private String file = STANDARD_INPUT;

    @Override
    public Integer call() throws Exception {
        try (InputStream input = open()) {
            Map<String, String> kafka = options.require(Scope.PUBLISH).kafkaProperties();
            PublisherConfig config = PublisherConfig.defaults().withKafkaProperties(kafka);
            TopicCheck.requireTopic(config, KAFKA_LIMIT);
            return publish(config, input);
        } catch (PublishException failure) {
            spec.commandLine().getErr().println("millrace: " + failure.getMessage());
            return failure.kind() == PublishException.Kind.NOT_SENT ? ExitCode.UNAVAILABLE : ExitCode.FAILED;
        }
    }

    private int publish(PublisherConfig config, InputStream input) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PublishReport report;
        try (EventPublisher publisher = new EventPublisher(config);
                ByteProgress bytes = progress()) {
            report = new LinePublisher(
                            publisher,
                            new EventLineReader(Clock.systemUTC()),
                            receipt -> {
                                out.println(receipt.toJson());
                                out.flush();
                            },
                            bytes::say,
                            counts -> {})
                    .publish(bytes.count(input));
        }
        spec.commandLine().getErr().println(summary(report));
        return report.exitCode();
    }

    private String summary(PublishReport report) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("accepted", report.accepted());
        counts.put("failed", report.failed());
        return output.isJson()
                ? JsonLine.of(counts)
                : "published: accepted=" + report.accepted() + " failed=" + report.failed();
    }

    /** A bar for a file; how long standard input is, nobody knows. */
    private ByteProgress progress() throws IOException {
        boolean isFile = !file.equals(STANDARD_INPUT) && Files.isRegularFile(Path.of(file));
        return new ByteProgress(
                "publishing",
                isFile ? Files.size(Path.of(file)) : 0,
                spec.commandLine().getErr(),
                isFile ? ProgressTerminal.findBesideData() : null);
    }

    private InputStream open() throws IOException {
        if (!file.equals(STANDARD_INPUT)) {
            return Files.newInputStream(Path.of(file));
        }
        return new FilterInputStream(System.in) {
            /** Standard input is not ours to close. */
            @Override
            public void close() {}
        };
    }
}

package dev.millrace.compose.cli;

import dev.millrace.compose.bench.BenchReport;
import dev.millrace.compose.bench.Measurement;
import dev.millrace.compose.console.JsonLine;
import dev.millrace.compose.stack.FileTree;
import dev.millrace.compose.stack.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Measures on a stack of its own. */
@Command(
        name = "bench",
        description = {
            "Starts a stack of its own and measures it.",
            "drain: all events are in Kafka already; how fast do they get into the primary, a replica following?"
                    + " 'millrace' is the sink, a new process each round; 'ceiling' is COPY of the same rows, encoded"
                    + " beforehand, in the same transactions into the same tables, over as many connections and without"
                    + " Kafka, beside a lane that empties the pending lists; 'no-index' the same into tables with"
                    + " their primary keys alone.",
            "Every contender begins with empty tables after a checkpoint, and another one is first each round. The"
                    + " rate is that from the first commit to the last, without what the first one brought; CPU"
                    + " seconds are those of that time. What was stored is counted after each run. Before the first"
                    + " round 'ceiling' runs once for nothing, so that nobody pays for the making of the log's files.",
            "'first' and 'last' are the rates over the first and the last 500,000 events, or halves of fewer: how it holds"
                    + " up while the tables grow.",
            "freshness: how long after Kafka's acknowledgement is an event visible on the replica? Events come at a"
                    + " steady rate, as from 'millrace load', to a sink that runs; a look at the replica"
                    + " about every millisecond says how far it is. Each rate has a warm-up that does not count. Every"
                    + " acknowledged event has to be seen within two minutes.",
            "query: how long does a question for the loans of one book take while events are written? 'http' asks the"
                    + " query API, 'jdbc' the replica with the same statements; first with a tenth of the events, then"
                    + " with all of them, then as fast as the answers come to eight connections. Each answer is timed"
                    + " from the moment at which its question was due, after a warm-up that does not count.",
            "export: how fast can everything be read? 'http' and 'http-gzip' by the query API's export, 'jdbc' with one"
                    + " statement over the same rows in the same order; three rounds after one that does not count."
        },
        footer = {
            "",
            "Examples:",
            "  millrace bench --scenario drain                           a million events, three rounds",
            "  millrace bench --scenario drain --events 100000 --rounds 1 --ids random",
            "  millrace bench --scenario drain --queries                 with readers on the replica",
            "  millrace bench --scenario drain --sink SINK_BATCH_MAX_ROWS=10000 --postgres wal_compression=pglz",
            "  millrace bench --scenario drain --output json 2>log | jq .contenders",
            "  millrace bench --scenario freshness                       a minute at 300 events/s, one at 3000",
            "  millrace bench --scenario query                           2500000 events; some ten minutes",
            "  millrace bench --scenario export --events 1000000",
            "  millrace bench --scenario freshness --rates 500 --duration 5m --output json 2>log | jq .contenders",
            "",
            "Figures of a machine that does other things as well are good for their ratios alone. The data is deleted,"
                    + " unless something fails.",
            "Exit codes: 0 measured, 1 something failed, or other events were stored than should have been, 2 wrong"
                    + " usage, 4 a full disk or a taken port."
        })
final class BenchCommand implements Callable<Integer> {
    /** Beyond it the file of a drain's prepared rows would fill most disks. */
    private static final int MOST_EVENTS = 50_000_000;

    private static final long END_LIMIT_SECONDS = 20;

    /** What can be measured. */
    enum Scenario {
        DRAIN,
        FRESHNESS,
        QUERY,
        EXPORT;

        /** As people type it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            required = true,
            description = "What to measure: drain, freshness, query or export. Options whose description begins with"
                    + " one of these names are of that one alone.")
    private Scenario scenario = Scenario.DRAIN;

    @Mixin(name = "drain")
    private DrainOptions drain;

    @Mixin(name = "freshness")
    private FreshnessOptions freshness;

    @Mixin(name = "query")
    private QueryOptions query;

    @Mixin(name = "export")
    private ExportOptions export;

    @Option(
            names = "--events",
            paramLabel = "N",
            description =
                    "How many events: of a drain in all, by default 1000000; of freshness at most at each rate, by"
                            + " default as many as come in its duration; of query and export in the store, by default"
                            + " 2500000.")
    private @Nullable Integer events;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Other events for each. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private EventIdsOption ids;

    @Mixin
    private StackVariantOptions variant;

    @Mixin
    private OwnDataOption data;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws Exception {
        requireNoneOfAnotherScenario();
        ScenarioOptions options = options();
        BenchChoices choices = choices();
        options.check(choices);
        SettingsOptions.requireGoodEnvironmentWithoutKeys(spec, System.getenv());
        Path directory = data.directory();
        CountDownLatch ended = new CountDownLatch(1);
        try {
            BenchReport report = measure(options, choices, directory, ended);
            PrintWriter out = spec.commandLine().getOut();
            out.println(output.isJson() ? JsonLine.of(report.members()) : report.text());
            out.flush();
            FileTree.delete(directory);
            return ExitCode.OK;
        } catch (CancellationException interrupted) {
            // A signal ends this process with its own exit code.
            return ExitCode.FAILED;
        } catch (Exception failure) {
            spec.commandLine().getErr().println("millrace: no result; the data is in " + directory);
            throw failure;
        } finally {
            ended.countDown();
        }
    }

    private ScenarioOptions options() {
        return switch (scenario) {
            case DRAIN -> drain;
            case FRESHNESS -> freshness;
            case QUERY -> query;
            case EXPORT -> export;
        };
    }

    /** Each scenario has a mixin of its name. */
    private void requireNoneOfAnotherScenario() {
        ParseResult given = spec.commandLine().getParseResult();
        for (Scenario other : Scenario.values()) {
            CommandSpec mixin = Objects.requireNonNull(spec.mixins().get(other.toString()));
            for (OptionSpec option : mixin.options()) {
                if (other != scenario && given.hasMatchedOption(option)) {
                    throw new ParameterException(
                            spec.commandLine(),
                            option.longestName() + " is of --scenario " + other + ", not of " + scenario);
                }
            }
        }
    }

    private BenchChoices choices() {
        if (events != null) {
            ScenarioOptions.requireBetween(spec, "--events", events, MOST_EVENTS);
        }
        return new BenchChoices(events, ids.ids(), seed, variant.variant(spec));
    }

    private BenchReport measure(ScenarioOptions options, BenchChoices choices, Path directory, CountDownLatch ended)
            throws Exception {
        Progress progress = new Progress(spec.commandLine().getErr(), ProgressTerminal.find());
        try (Measurement measurement = options.measurement(directory, choices, progress)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(measurement, ended, directory), "stop"));
            return measurement.run();
        }
    }

    /** After a result, or after a failure whose data stays, there is nothing to do any more. */
    private static void stop(Measurement measurement, CountDownLatch ended, Path directory) {
        if (ended.getCount() == 0) {
            return;
        }
        measurement.close();
        try {
            if (ended.await(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                FileTree.delete(directory);
            }
        } catch (InterruptedException | IOException left) {
            Thread.currentThread().interrupt();
        }
    }
}

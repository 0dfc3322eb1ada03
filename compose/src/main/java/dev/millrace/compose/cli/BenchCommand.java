package dev.millrace.compose.cli;

import dev.millrace.compose.bench.BenchSettings;
import dev.millrace.compose.bench.Drain;
import dev.millrace.compose.bench.DrainReport;
import dev.millrace.compose.console.JsonLine;
import dev.millrace.compose.stack.FileTree;
import dev.millrace.compose.stack.Progress;
import dev.millrace.schemas.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures on a stack of its own. */
@Command(
        name = "bench",
        description = {
            "Starts a stack of its own and measures it against what the machine could do at best.",
            "drain: all events are in Kafka already; how fast do they get into the primary, a replica following?"
                    + " 'millrace' is the sink, a new process each round; 'ceiling' is COPY of the same rows, encoded"
                    + " beforehand, in the same transactions into the same tables, over as many connections and without"
                    + " Kafka, beside a lane that empties the pending lists; 'no-index' the same into tables with"
                    + " their primary keys alone.",
            "Every contender begins with empty tables after a checkpoint, and another one is first each round. The"
                    + " rate is that from the first commit to the last, without what the first one brought; CPU"
                    + " seconds are those of that time. What was stored is counted after each run."
        },
        footer = {
            "",
            "Examples:",
            "  millrace bench --scenario drain                           a million events, three rounds",
            "  millrace bench --scenario drain --events 100000 --rounds 1 --ids random",
            "  millrace bench --scenario drain --output json 2>log | jq .contenders",
            "",
            "Figures of a machine that does other things as well are good for their ratios alone. The data is deleted,"
                    + " unless something fails.",
            "Exit codes: 0 measured, 1 a contender failed or stored something else, 2 wrong usage, 4 a full disk or a"
                    + " taken port."
        })
final class BenchCommand implements Callable<Integer> {
    private static final long END_LIMIT_SECONDS = 20;

    /** Beyond it the file of prepared rows would fill most disks. */
    private static final int MOST_EVENTS = 50_000_000;

    private static final int MOST_ROUNDS = 100;

    /** So many a sink can have, and as many partitions there are for them. */
    private static final int MOST_WORKERS = Topic.EVENTS.partitions();

    /** What can be measured. */
    enum Scenario {
        DRAIN;

        /** As people type it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private CommandSpec spec;

    @Option(names = "--scenario", paramLabel = "NAME", required = true, description = "What to measure: drain.")
    private Scenario scenario = Scenario.DRAIN;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "How many events. Default: ${DEFAULT-VALUE}.")
    private int events;

    @Option(
            names = "--rounds",
            paramLabel = "R",
            defaultValue = "3",
            description = "How often each contender runs. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "1",
            description = "Workers of the sink, and connections of the others. Default: ${DEFAULT-VALUE}.")
    private int workers;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Other events for each. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private EventIdsOption ids;

    @Mixin
    private OwnDataOption data;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws Exception {
        requireBetween("--events", events, MOST_EVENTS);
        requireBetween("--rounds", rounds, MOST_ROUNDS);
        requireBetween("--workers", workers, MOST_WORKERS);
        SettingsOptions.requireGoodEnvironment(spec, System.getenv());
        Path directory = data.directory();
        CountDownLatch ended = new CountDownLatch(1);
        try {
            DrainReport report = drain(new BenchSettings(directory, events, rounds, workers, ids.ids(), seed), ended);
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

    private DrainReport drain(BenchSettings settings, CountDownLatch ended) throws Exception {
        Progress progress = new Progress(spec.commandLine().getErr(), ProgressTerminal.find());
        try (Drain drain = new Drain(settings, progress)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(drain, ended, settings.directory()), "stop"));
            return drain.run();
        }
    }

    /** After a result, or after a failure whose data stays, there is nothing to do any more. */
    private static void stop(Drain drain, CountDownLatch ended, Path directory) {
        if (ended.getCount() == 0) {
            return;
        }
        drain.close();
        try {
            if (ended.await(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                FileTree.delete(directory);
            }
        } catch (InterruptedException | IOException left) {
            Thread.currentThread().interrupt();
        }
    }

    private void requireBetween(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new ParameterException(spec.commandLine(), option + " is 1 to " + most + ", not " + value);
        }
    }
}

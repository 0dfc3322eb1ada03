package dev.millrace.compose.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.millrace.compose.console.JsonLine;
import dev.millrace.compose.stack.FileTree;
import dev.millrace.compose.stack.Progress;
import dev.millrace.compose.torture.Torture;
import dev.millrace.compose.torture.TortureReport;
import dev.millrace.compose.torture.TortureSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tortures a stack of its own and judges what it did. */
@Command(
        name = "torture",
        description = {
            "Starts a whole stack of its own, sends events to it, and meanwhile kills, freezes and ends its processes"
                    + " and cuts the line to the primary, at random moments 2 to 8 seconds apart. Then heals everything,"
                    + " waits until the sink has caught up, and checks all that was sent against the topic, the primary"
                    + " and the replica: nothing lost, nothing doubled, nothing else, in order.",
            "All that is random comes from the seed: which faults, when, for how long, and what is sent. The processes are"
                    + " real, so a run with the same seed meets the same faults, but not at the same line of code: run it"
                    + " several times to see a failure again."
        },
        footer = {
            "",
            "Examples:",
            "  millrace torture                            five minutes, a new seed",
            "  millrace torture --minutes 60 --seed 7      an hour, the faults of seed 7",
            "  millrace torture --output json 2>log | jq   the report for a program",
            "",
            "stderr has a line for each fault and one every ten seconds; stdout the report. The data of a run that went"
                    + " well is deleted; after any other it stays: logs of all processes in DIR/logs, what was sent in"
                    + " DIR/journals; 'millrace up --data DIR' starts that stack again.",
            "Exit codes: 0 nothing was violated and the sink caught up within 60 s, 1 otherwise, 2 wrong usage, 4 a full"
                    + " disk or a taken port. Ctrl-C stops everything, and there is no verdict then."
        })
final class TortureCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "5",
            description = "How long faults come; 0.5 is half a minute. Default: ${DEFAULT-VALUE}.")
    private double minutes;

    @Option(names = "--seed", paramLabel = "S", description = "Any whole number. Default: another one each time.")
    private @Nullable Long seed;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "800",
            description = "Events per second, on average. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Mixin
    private OwnDataOption data;

    @Mixin
    private OutputOption output;

    private final AtomicBoolean judged = new AtomicBoolean();

    @Override
    public Integer call() throws Exception {
        SettingsOptions.requireGoodEnvironmentWithoutKeys(spec, System.getenv());
        PrintWriter err = spec.commandLine().getErr();
        expectTrouble();
        TortureSettings settings = settings();
        TortureReport report;
        try (Torture torture = new Torture(settings, new Progress(err))) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(torture, err), "stop"));
            report = torture.run();
            judged.set(true);
        } catch (CancellationException interrupted) {
            // A signal ends this process with its own exit code.
            return ExitCode.FAILED;
        } catch (Exception failure) {
            judged.set(true);
            err.println("millrace: no verdict; the data is in " + settings.directory());
            throw failure;
        }
        spec.commandLine().getOut().println(output.isJson() ? JsonLine.of(report.members()) : report.text());
        if (!report.isGood()) {
            return ExitCode.FAILED;
        }
        FileTree.delete(settings.directory());
        return ExitCode.OK;
    }

    /** Kafka's clients would warn several times a second while the broker is away, as it is meant to be. */
    private static void expectTrouble() {
        if (LoggerFactory.getLogger("org.apache.kafka") instanceof Logger kafka) {
            kafka.setLevel(Level.ERROR);
        }
    }

    private void stop(Torture torture, PrintWriter err) {
        torture.close();
        if (!judged.get()) {
            err.println("millrace: torture was stopped, which is no verdict");
        }
    }

    private TortureSettings settings() throws IOException {
        // The longest is a week; a NaN is not above zero either.
        if (!(minutes > 0 && minutes <= 10_080)) {
            throw new ParameterException(spec.commandLine(), "--minutes is above 0 and at most 10080, not " + minutes);
        }
        if (rate < 1 || rate > 100_000) {
            throw new ParameterException(spec.commandLine(), "--rate is 1 to 100000, not " + rate);
        }
        long chosen = seed == null ? new SecureRandom().nextInt(1_000_000) : seed;
        return new TortureSettings(Duration.ofMillis(Math.round(minutes * 60_000)), chosen, rate, data.directory());
    }
}

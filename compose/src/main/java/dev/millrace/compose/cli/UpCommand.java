package dev.millrace.compose.cli;

import dev.millrace.compose.stack.EmbeddedStack;
import dev.millrace.compose.stack.Ports;
import dev.millrace.compose.stack.Progress;
import dev.millrace.compose.stack.StackDirectory;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the embedded stack until it is told to stop. */
@Command(
        name = "up",
        description = {
            "Starts everything on this machine: a Kafka broker, a Postgres primary and its streaming replica,"
                    + " the sink and the query API, each a process of its own. Data stays over restarts.",
            "Runs until Ctrl-C or SIGTERM, then stops all in reverse order. DIR/env holds the addresses and"
                    + " credentials while all is ready; DIR/logs holds a log per process, DIR/pids their pids."
        },
        footer = {
            "",
            "Examples:",
            "  millrace up                                       on the usual ports, data in .millrace",
            "  millrace up --port-offset 1000 --data /tmp/two    a second one beside it",
            "  psql \"$(sed -n s/^PRIMARY_PSQL=//p .millrace/env)\"   a look at the primary",
            "",
            "What a run that was killed left behind is ended and cleaned up by the next one.",
            "Exit codes: 1 something does not start, or another 'up' runs in DIR; 2 wrong usage, a JDK below 17, or"
                    + " data of another version; 4 a taken port, a full disk, or no user namespaces for root."
        })
final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "Added to every port (Kafka 9092 and 9093, primary 5433, replica 5434, query API 8080,"
                    + " sink 8082). Default: ${DEFAULT-VALUE}.")
    private int portOffset;

    @Option(names = "--fresh", description = "Deletes what is in the data directory first, all events included.")
    private boolean fresh;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws Exception {
        SettingsOptions.requireGoodEnvironment(spec, System.getenv());
        StackDirectory directory = data.directory();
        Progress progress = new Progress(spec.commandLine().getErr(), ProgressTerminal.find());
        try (EmbeddedStack stack = EmbeddedStack.claim(directory, new Ports(portOffset), fresh, progress)) {
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop"));
            progress.say("starting in " + directory.root());
            Map<String, String> settings = stack.start();
            progress.say("all is ready; Ctrl-C stops it");
            new UpSummary(directory, settings).print(spec.commandLine().getOut(), output);
            stack.awaitClose();
        } catch (CancellationException closedMeanwhile) {
            // A signal ends this process with its own exit code.
            return ExitCode.OK;
        }
        return ExitCode.OK;
    }
}

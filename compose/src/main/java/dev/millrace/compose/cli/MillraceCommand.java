package dev.millrace.compose.cli;

import dev.millrace.compose.log.LogSettings;
import dev.millrace.compose.log.LoggedLines;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself; all it does is to know its sub-commands. */
@Command(
        name = "millrace",
        description = "An event store that Kafka fills and Postgres serves.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            PublishCommand.class,
            TailCommand.class,
            LoadCommand.class,
            DlqCommand.class,
            MigrateCommand.class,
            SinkCommand.class,
            QueryApiCommand.class,
            TortureCommand.class,
            BenchCommand.class,
            ConfigCommand.class
        },
        footer = {
            "",
            "First steps, in two terminals:",
            "  millrace up",
            "  echo '{\"event_type\":\"greeting\",\"payload\":{\"hello\":\"world\"}}' | millrace publish -",
            "",
            "Logs go to stderr; LOG_FORMAT=json makes each line JSON, LOG_LEVEL=debug says more.",
            "Exit codes: 0 ok, 1 failed, 2 wrong usage, 3 partly done, 4 something needed is not there."
        })
public final class MillraceCommand implements Runnable {
    /** The longest example fits, so that it can be pasted in one piece. */
    private static final int HELP_WIDTH = 100;

    @Spec
    private CommandSpec spec;

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this help and ends.")
    private boolean help;

    /** Runs a command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        CommandLine command = commandLine();
        if (LogSettings.from(System.getenv()).isJson()) {
            command.setErr(LoggedLines.writer());
        }
        List<String> problems = LogSettings.problems(System.getenv());
        problems.forEach(problem -> command.getErr().println("millrace: " + problem));
        System.exit(problems.isEmpty() ? command.execute(arguments) : ExitCode.USAGE);
    }

    /** The command with its failures mapped to exit codes; stdout is data, stderr all else. */
    static CommandLine commandLine() {
        return new CommandLine(new MillraceCommand())
                .setUsageHelpWidth(HELP_WIDTH)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new UsageReport())
                .setExecutionExceptionHandler(new FailureReport());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}

package dev.millrace.compose.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows and checks settings, and makes keys; all it does is to know its sub-commands. */
@Command(
        name = "config",
        description = {
            "Shows the settings that hold, checks them, or makes an API key, without starting anything.",
            "A setting comes from a flag, else the environment (SINK_PORT, or SINK_PORT_FILE with a file that holds"
                    + " it), else the stack which runs in DIR, else the file of --config, else its default."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ConfigPrintCommand.class, ConfigCheckCommand.class, ConfigApiKeyCommand.class},
        footer = {"", "Example:", "  millrace config print sink"})
final class ConfigCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "print, check or api-key is missing");
    }
}

package dev.millrace.compose.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Rejected records; all it does is to know its sub-commands. */
@Command(
        name = "dlq",
        description = {
            "Shows the records that were rejected, and sends them back to where they came from.",
            "They are read from events.dlq.v1, where each is known by the place at which it was rejected,"
                    + " TOPIC:PARTITION:OFFSET. One that was sent again and rejected again is one record still, at its"
                    + " latest place."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DlqListCommand.class, DlqShowCommand.class, DlqRetryCommand.class},
        footer = {
            "",
            "Example, from the first look to the corrected event:",
            "  millrace dlq list",
            "  millrace dlq show 0:42",
            "  millrace dlq retry 0:42 --value corrected.json"
        })
final class DlqCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "list, show or retry is missing");
    }
}

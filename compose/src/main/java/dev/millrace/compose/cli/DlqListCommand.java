package dev.millrace.compose.cli;

import dev.millrace.compose.console.JsonLine;
import dev.millrace.compose.dlq.DeadLetter;
import dev.millrace.compose.dlq.DeadLetterFilter;
import dev.millrace.compose.dlq.DeadLetterText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints the rejected records. */
@Command(
        name = "list",
        description = {
            "Prints the rejected records, one a line, in the order in which they were published.",
            "Filters of different names all have to hold. With --output json a line is an object."
        },
        footer = {
            "",
            "Examples:",
            "  millrace dlq list",
            "  millrace dlq list --reason undecodable --reason unknown_schema --since 2026-11-22T10:00:00Z",
            "  millrace dlq list --partition 0 --from-offset 100 --until-offset 200 --output json",
            "",
            "Exit codes: 0 read, whether there are any or not, 4 Kafka or the topic is not there."
        })
final class DlqListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Mixin
    private OutputOption output;

    @Mixin
    private DlqFilterOptions filters;

    @Option(names = "--limit", paramLabel = "N", description = "Ends after so many. Default: all.")
    private @Nullable Integer limit;

    private int printed;

    @Override
    public Integer call() throws Exception {
        if (limit != null && limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit has to be 1 or more, not " + limit);
        }
        DeadLetterFilter filter = filters.filter();
        return new DlqSession(spec, options).run((letters, progress) -> {
            PrintWriter out = spec.commandLine().getOut();
            if (!output.isJson()) {
                out.println(DeadLetterText.HEADING);
            }
            long foreign = letters.forEach(filter, letter -> print(letter, out));
            if (foreign > 0) {
                progress.say("millrace: warning: left out " + foreign
                        + " records that do not say where they were rejected; another program wrote them");
            }
            out.flush();
            return ExitCode.OK;
        });
    }

    private boolean print(DeadLetter letter, PrintWriter out) {
        out.println(output.isJson() ? JsonLine.of(DeadLetterText.members(letter)) : DeadLetterText.row(letter));
        printed++;
        return (limit == null || printed < limit) && !out.checkError();
    }
}

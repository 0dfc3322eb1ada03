package dev.millrace.compose.cli;

import dev.millrace.compose.settings.Scope;
import dev.millrace.compose.settings.Settings;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows every setting that holds. */
@Command(
        name = "print",
        description = {
            "Shows each setting with the value that holds, where it comes from and what it is for; passwords are"
                    + " masked. What is wrong is told on stderr and does not keep the others from being shown.",
        },
        footer = {
            "",
            "Examples:",
            "  millrace config print",
            "  millrace config print sink --set sink.port=9082 --output json"
        })
final class ConfigPrintCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, a file of properties, or json. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TEXT;

    @Parameters(
            paramLabel = "SERVICE",
            arity = "0..*",
            description = "Whose settings: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Scope> scopes = List.of();

    @Override
    public Integer call() throws Exception {
        List<Scope> asked = scopes.isEmpty() ? List.of(Scope.values()) : scopes;
        Settings settings = options.read();
        PrintWriter err = spec.commandLine().getErr();
        settings.problems(asked).forEach(problem -> err.println("millrace: " + problem));
        if (output == OutputFormat.JSON) {
            SettingsJson.print(settings.effective(asked), spec.commandLine().getOut());
        } else {
            SettingsReport.print(settings, asked, spec.commandLine().getOut());
        }
        return ExitCode.OK;
    }
}

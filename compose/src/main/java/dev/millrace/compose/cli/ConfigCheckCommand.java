package dev.millrace.compose.cli;

import dev.millrace.compose.settings.Scope;
import dev.millrace.compose.settings.Setting;
import dev.millrace.compose.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says whether the settings would do. */
@Command(
        name = "check",
        description = {
            "Looks for everything that is wrong with the settings, and names all of it in one message: also with the"
                    + " keys in the file of query-api.api-keys-file. Connects to nothing."
        },
        footer = {
            "",
            "Example, before a sink is started with a file:",
            "  millrace config check sink --config sink.properties",
            "",
            "Exit codes: 0 nothing is wrong, 2 something is wrong or missing."
        })
final class ConfigCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Parameters(
            paramLabel = "SERVICE",
            arity = "0..*",
            description = "Whose settings: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Scope> scopes = List.of();

    @Override
    public Integer call() throws Exception {
        List<Scope> asked = scopes.isEmpty() ? List.of(Scope.values()) : scopes;
        Settings settings = options.read();
        List<String> problems = new ArrayList<>(settings.problems(asked));
        if (asked.contains(Scope.QUERY_API)) {
            ApiKeysCheck.problem(settings).ifPresent(problems::add);
        }
        List<Setting> missing = settings.missing(asked);
        if (problems.isEmpty() && missing.isEmpty()) {
            spec.commandLine().getErr().println("settings are good: " + asked);
            return ExitCode.OK;
        }
        spec.commandLine().getErr().println("millrace: " + SettingsReport.message(problems, missing));
        return ExitCode.USAGE;
    }
}

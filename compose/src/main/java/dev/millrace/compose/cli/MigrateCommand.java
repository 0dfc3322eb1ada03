package dev.millrace.compose.cli;

import dev.millrace.compose.console.JsonLine;
import dev.millrace.compose.settings.Scope;
import dev.millrace.compose.stack.JdbcUrl;
import dev.millrace.compose.stack.StackException;
import dev.millrace.compose.stack.StackException.Kind;
import dev.millrace.schemas.database.Migrations;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Brings the primary's schema up to date. */
@Command(
        name = "migrate",
        description = {
            "Brings the primary's schema to that of this build. Repeating it changes nothing.",
            "The primary is PRIMARY_URL of the environment, a JDBC URL with millrace_owner's user and password;"
                    + " without it, that of the stack which runs in DIR."
        },
        footer = {"", "Example:", "  millrace migrate --data .millrace"})
final class MigrateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws Exception {
        JdbcUrl primary = primary();
        int applied = new Migrations(primary.address(), primary.user(), primary.password()).migrate();
        PrintWriter out = spec.commandLine().getOut();
        out.println(output.isJson() ? JsonLine.of(Map.of("applied", applied)) : "migrations applied: " + applied);
        out.flush();
        return ExitCode.OK;
    }

    private JdbcUrl primary() throws Exception {
        String url = options.require(Scope.MIGRATE).values().getOrDefault("primary.url", "");
        try {
            return JdbcUrl.parse(url);
        } catch (IllegalArgumentException wrong) {
            throw new StackException(Kind.USAGE, "primary.url: " + wrong.getMessage(), wrong);
        }
    }
}

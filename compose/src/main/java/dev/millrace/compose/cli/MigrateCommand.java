package dev.millrace.compose.cli;

import dev.millrace.compose.settings.Scope;
import dev.millrace.compose.stack.JdbcUrl;
import dev.millrace.compose.stack.StackException;
import dev.millrace.compose.stack.StackException.Kind;
import dev.millrace.schemas.database.Migrations;
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

    @Override
    public Integer call() throws Exception {
        JdbcUrl primary = primary();
        int applied = new Migrations(primary.address(), primary.user(), primary.password()).migrate();
        spec.commandLine().getErr().println("migrations applied: " + applied);
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

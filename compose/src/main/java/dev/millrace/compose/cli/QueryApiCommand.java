package dev.millrace.compose.cli;

import dev.millrace.compose.settings.Scope;
import dev.millrace.query.QueryApiApp;
import dev.millrace.query.QueryApiKey;
import dev.millrace.query.QueryApiSettings;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the query API until it is told to stop. */
@Command(
        name = "query-api",
        description = {
            "Answers queries over HTTP from the replica, until SIGTERM.",
            "Settings come from flags, the environment (QUERY_API_READER_URL, QUERY_API_PORT), the stack which runs in"
                    + " DIR (the replica), and a file; 'millrace config print query-api' shows all of them."
        },
        footer = {
            "",
            "Examples, a second one beside that of a stack:",
            "  millrace query-api --port 9080",
            "  QUERY_API_PORT=9080 millrace query-api --data .millrace",
            "One that other machines reach, which takes keys ('millrace config api-key --help'):",
            "  millrace query-api --set query-api.host=0.0.0.0 --set query-api.api-keys-file=api-keys"
        })
final class QueryApiCommand implements Callable<Integer> {
    @Mixin
    private SettingsOptions options;

    @Option(names = "--port", paramLabel = "PORT", description = "Port to listen on, as --set query-api.port=PORT.")
    private @Nullable String port;

    @Override
    public Integer call() throws Exception {
        options.flag(QueryApiKey.PORT.key(), port);
        QueryApiApp api = QueryApiApp.start(
                QueryApiSettings.from(options.require(Scope.QUERY_API).values()));
        Service.closeAtExit(api, "query-api");
        // Only a signal ends it.
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }
}

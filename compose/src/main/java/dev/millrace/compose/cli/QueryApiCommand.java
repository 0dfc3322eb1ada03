package dev.millrace.compose.cli;

import dev.millrace.compose.stack.StackException;
import dev.millrace.compose.stack.StackException.Kind;
import dev.millrace.query.QueryApiApp;
import dev.millrace.query.QueryApiSettings;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the query API until it is told to stop. */
@Command(
        name = "query-api",
        description = {
            "Answers queries over HTTP from the replica, until SIGTERM.",
            "Settings come from the environment (QUERY_API_READER_URL, QUERY_API_PORT); the replica, where it is"
                    + " missing there, is that of the stack which runs in DIR."
        },
        footer = {
            "",
            "Example, a second one beside that of a stack:",
            "  QUERY_API_PORT=9080 millrace query-api --data .millrace"
        })
final class QueryApiCommand implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Override
    public Integer call() throws Exception {
        QueryApiApp api = QueryApiApp.start(settings(data.settings().completeForQueryApi(System.getenv())));
        Service.closeAtExit(api, "query-api");
        // Only a signal ends it.
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    private static QueryApiSettings settings(Map<String, String> environment) {
        try {
            return QueryApiSettings.from(environment);
        } catch (IllegalArgumentException wrong) {
            throw new StackException(Kind.USAGE, String.valueOf(wrong.getMessage()), wrong);
        }
    }
}

package dev.millrace.compose.cli;

import dev.millrace.compose.stack.EnvironmentFile;
import dev.millrace.compose.stack.StackDirectory;
import dev.millrace.compose.stack.StackException;
import dev.millrace.compose.stack.StackException.Kind;
import dev.millrace.compose.tail.EventFilter;
import dev.millrace.compose.tail.EventOutput;
import dev.millrace.compose.tail.Follower;
import dev.millrace.compose.tail.QueryApi;
import dev.millrace.compose.tail.TailException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints events as they arrive. */
@Command(
        name = "tail",
        description = {
            "Prints events as NDJSON as soon as they can be read, until Ctrl-C or until nobody reads them. Each comes"
                    + " once, also when the query API is started again meanwhile; those of one key come in their order.",
            "The API is QUERY_API_URL of the environment; without it, that of the stack which runs in DIR. Where it asks"
                    + " for a key, MILLRACE_API_KEY has it, or the file that MILLRACE_API_KEY_FILE names."
        },
        footer = {
            "",
            "Examples:",
            "  millrace tail                                       all events from now on",
            "  millrace tail --type PushEvent --type ForkEvent     of either type",
            "  millrace tail --match '{\"action\":\"opened\"}' --from-beginning > opened.ndjson",
            "  millrace tail --from-beginning | head -3            the three oldest",
            "",
            "Exit codes: 0 nobody reads any more, 1 it cannot go on, 2 the API refuses the filter"
                    + " or the key, 4 the API cannot be"
                    + " reached at the start."
        })
final class TailCommand implements Callable<Integer> {
    private static final String QUERY_API_URL = "QUERY_API_URL";

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    @Option(names = "--type", paramLabel = "TYPE", description = "Only events of this type, or of another --type.")
    private List<String> types = List.of();

    @Option(names = "--key", paramLabel = "KEY", description = "Only events with this key, or with another --key.")
    private List<String> keys = List.of();

    @Option(
            names = "--match",
            paramLabel = "JSON",
            description = "Only events whose payload contains this JSON object, or that of another --match.")
    private List<String> matches = List.of();

    @Option(names = "--from-beginning", description = "Begins with the oldest event. Default: with the next one.")
    private boolean fromBeginning;

    @Override
    public Integer call() throws Exception {
        try {
            EventFilter filter = new EventFilter(types, keys, matches);
            new Follower(api(), filter, EventOutput.standard()).follow(fromBeginning);
            return ExitCode.OK;
        } catch (TailException failure) {
            spec.commandLine().getErr().println("millrace: " + failure.getMessage());
            return switch (failure.kind()) {
                case UNAVAILABLE -> ExitCode.UNAVAILABLE;
                case REFUSED -> ExitCode.USAGE;
                case ENDED -> ExitCode.FAILED;
            };
        }
    }

    private QueryApi api() throws IOException {
        String url = url(System.getenv(), data.directory());
        try {
            return new QueryApi(url, ApiKeyVariable.read(System.getenv()));
        } catch (IllegalArgumentException wrong) {
            throw new StackException(
                    Kind.USAGE,
                    QUERY_API_URL + "=" + url + " is no HTTP URL, or " + ApiKeyVariable.NAME + " is no key",
                    wrong);
        }
    }

    private static String url(Map<String, String> environment, StackDirectory directory) throws IOException {
        String given = environment.getOrDefault(QUERY_API_URL, "");
        if (!given.isEmpty()) {
            return given;
        }
        try {
            return new EnvironmentFile(directory.environment()).read().getOrDefault(QUERY_API_URL, "");
        } catch (NoSuchFileException noStack) {
            throw new StackException(
                    Kind.UNAVAILABLE,
                    "no stack is ready in " + directory.root() + "; start one with 'millrace up', name its directory"
                            + " with --data, or set " + QUERY_API_URL);
        }
    }
}

package dev.millrace.compose.cli;

import dev.millrace.compose.console.JsonLine;
import dev.millrace.compose.stack.StackException;
import dev.millrace.compose.stack.StackException.Kind;
import dev.millrace.schemas.access.AccessScope;
import dev.millrace.schemas.access.NewApiKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a key for a client of the services. */
@Command(
        name = "api-key",
        description = {
            "Makes an API key. The key is the only thing on stdout, is shown this once, and goes to the client. What"
                    + " the services get is a line with its SHA-256, for the file of query-api.api-keys-file:"
                    + " --append writes it there, else it is shown on stderr.",
            "A running service follows its file within seconds. To take a key back, remove its line."
        },
        footer = {
            "",
            "Examples, with the file of the services, and with a line to be carried elsewhere:",
            "  KEY=$(millrace config api-key dashboard --scopes read --append api-keys)",
            "  curl -H \"Authorization: Bearer $KEY\" http://127.0.0.1:8080/v1/events",
            "  millrace config api-key shop --scopes read,write > shop.key 2> shop.line",
            "",
            "Exit codes: 0 made, 2 wrong usage, or a file that cannot be used as it is."
        })
final class ConfigApiKeyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOption output;

    @Parameters(paramLabel = "NAME", description = "Whose key it is; several keys may have one name.")
    private String name = "";

    @Option(
            names = "--scopes",
            paramLabel = "SCOPE",
            required = true,
            split = ",",
            description = "What it is for: ${COMPLETION-CANDIDATES}, several separated by commas. ADMIN is for"
                    + " everything.")
    private List<AccessScope> scopes = List.of();

    @Option(
            names = "--append",
            paramLabel = "FILE",
            description = "Adds the line to this file, and makes it, for its owner alone, if it is not there.")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException {
        NewApiKey key = make();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (file != null) {
            key.appendTo(file);
        } else if (!output.isJson()) {
            err.println(key.line());
        }
        out.println(output.isJson() ? json(key) : key.key());
        out.flush();
        return ExitCode.OK;
    }

    private NewApiKey make() {
        Set<AccessScope> wanted = EnumSet.copyOf(scopes);
        try {
            return NewApiKey.make(name, wanted, new SecureRandom());
        } catch (IllegalArgumentException wrong) {
            throw new StackException(Kind.USAGE, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static String json(NewApiKey key) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("key", key.key());
        members.put("line", key.line());
        return JsonLine.of(members);
    }
}

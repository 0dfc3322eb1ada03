package dev.millrace.compose.cli;

import dev.millrace.compose.stack.StackException;
import dev.millrace.compose.stack.StackException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The data directory of a command that starts a stack of its own and deletes it afterwards. */
final class OwnDataOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory, new or empty. Default: a new one among the system's temporary files.")
    private @Nullable Path data;

    /**
     * A directory with something in it may be somebody's only copy.
     *
     * @throws StackException USAGE if there is something in it
     */
    Path directory() throws IOException {
        if (data == null) {
            return Files.createTempDirectory("millrace-" + command.name() + "-");
        }
        if (Files.isDirectory(data)) {
            try (Stream<Path> content = Files.list(data)) {
                if (content.findAny().isPresent()) {
                    throw new StackException(
                            Kind.USAGE, data + " is not empty; " + command.name() + " wants a --data DIR of its own");
                }
            }
        }
        return data;
    }
}

package dev.millrace.compose.cli;

import dev.millrace.compose.stack.StackException;
import dev.millrace.compose.stack.StackException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The API key of a client, which is never on a command line. */
final class ApiKeyVariable {
    static final String NAME = "MILLRACE_API_KEY";

    private static final String FILE = NAME + "_FILE";

    private ApiKeyVariable() {}

    /** @throws StackException if it is to be in a file, and is not */
    static Optional<String> read(Map<String, String> environment) {
        String key = environment.getOrDefault(NAME, "");
        String file = environment.getOrDefault(FILE, "");
        if (!key.isEmpty() || file.isEmpty()) {
            return Optional.of(key).filter(value -> !value.isEmpty());
        }
        try {
            return Optional.of(Files.readString(Path.of(file)).strip());
        } catch (IOException | InvalidPathException unreadable) {
            throw new StackException(Kind.USAGE, FILE + "=" + file + " cannot be read", unreadable);
        }
    }
}

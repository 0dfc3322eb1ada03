package dev.millrace.compose.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to start one child and how to ask it to end.
 *
 * @param name names its log, its pid file and its messages: lower case, with dashes
 * @param command program and arguments; no secrets, everybody can read them
 * @param environment all of its environment; nothing is added to it
 * @param stopSignals signals that ask it to end, the gentlest first; the last resort is always KILL
 * @param workplace directory that it works in with processes of its own, and nobody else does; null
 *     if it has no processes of its own
 */
public record ChildCommand(
        String name,
        List<String> command,
        Map<String, String> environment,
        List<String> stopSignals,
        @Nullable Path workplace) {
    public ChildCommand {
        if (!name.matches("[a-z][a-z-]*") || command.isEmpty() || stopSignals.isEmpty()) {
            throw new IllegalArgumentException("name=" + name + ", command=" + command + ", signals=" + stopSignals);
        }
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        stopSignals = List.copyOf(stopSignals);
    }

    /** A child without processes of its own. */
    public ChildCommand(String name, List<String> command, Map<String, String> environment, List<String> stopSignals) {
        this(name, command, environment, stopSignals, null);
    }

    /** Names the program and its arguments, not the environment, which may hold passwords. */
    @Override
    public String toString() {
        return name + " " + command;
    }
}

package dev.millrace.compose.torture;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A line to the primary for each sink, so that one can be struck and not the others. Thread-safe. */
final class PrimaryLines implements AutoCloseable {
    private final Map<String, PrimaryLine> lines;

    /** @param sinks names of their processes */
    PrimaryLines(Collection<String> sinks, String host, int primaryPort) {
        lines = sinks.stream()
                .collect(Collectors.toUnmodifiableMap(Function.identity(), sink -> new PrimaryLine(host, primaryPort)));
    }

    /** The line of one sink. */
    PrimaryLine of(String sink) {
        return Objects.requireNonNull(lines.get(sink), sink);
    }

    /** How often a connection was cut, by a COMMIT or at a byte. */
    long hits() {
        return lines.values().stream().mapToLong(PrimaryLine::hits).sum();
    }

    /** No faults from now on. */
    void heal() {
        lines.values().forEach(PrimaryLine::heal);
    }

    @Override
    public void close() {
        lines.values().forEach(PrimaryLine::close);
    }
}

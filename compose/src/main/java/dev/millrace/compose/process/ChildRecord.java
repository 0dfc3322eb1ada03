package dev.millrace.compose.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a later run must know of a child to end it if this run cannot.
 *
 * @param name of its command
 * @param identity of its process
 * @param stopSignals as in its command
 * @param workplace as in its command
 */
record ChildRecord(
        String name,
        ProcessIdentity identity,
        List<String> stopSignals,
        @Nullable Path workplace) {
    /** Pid, birth, signals and workplace, a line each. */
    String toText() {
        String place = workplace == null ? "" : workplace.toString();
        return identity.pid() + "\n" + identity.birth() + "\n" + String.join(" ", stopSignals) + "\n" + place + "\n";
    }

    /** Empty if the text is none that we wrote: then it is proof of nothing. */
    static Optional<ChildRecord> parse(String name, String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() != 4
                || !lines.get(0).matches("[0-9]{1,10}")
                || !lines.get(2).matches("[A-Z]+( [A-Z]+)*")) {
            return Optional.empty();
        }
        ProcessIdentity identity = new ProcessIdentity(Long.parseLong(lines.get(0)), lines.get(1));
        Path workplace = lines.get(3).isEmpty() ? null : Path.of(lines.get(3));
        return Optional.of(new ChildRecord(name, identity, List.of(lines.get(2).split(" ")), workplace));
    }
}

package dev.millrace.compose.history;

import dev.millrace.compose.history.Send.Outcome;
import dev.millrace.compose.history.Send.Outcome.Acknowledged;
import dev.millrace.compose.history.Send.Outcome.Failed;
import dev.millrace.compose.history.Send.Outcome.Unknown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What all producers of a run sent. About 200 bytes a send: contents are kept as digests only. */
public final class History {
    private final List<Send> sends;

    private History(Collection<Send> sends) {
        this.sends = List.copyOf(sends);
    }

    /**
     * Reads all journals of a directory, which holds nothing else. A last line that a killed producer
     * left unfinished is no entry.
     *
     * @throws UncheckedIOException if one cannot be read
     * @throws IllegalStateException if one does not make sense; the message names the line
     */
    public static History read(Path directory) {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> found = Files.list(directory)) {
            found.filter(Files::isRegularFile).sorted().forEach(files::add);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        JournalReader reader = new JournalReader();
        files.forEach(reader::read);
        return new History(reader.sends());
    }

    /** How many sends were begun. */
    public long size() {
        return sends.size();
    }

    /** How many the broker acknowledged. */
    public long acknowledged() {
        return count(Acknowledged.class);
    }

    /** How many certainly failed. */
    public long failed() {
        return count(Failed.class);
    }

    /** How many may or may not be in the topic. */
    public long unknown() {
        return count(Unknown.class);
    }

    List<Send> sends() {
        return sends;
    }

    private long count(Class<? extends Outcome> outcome) {
        return sends.stream().filter(send -> outcome.isInstance(send.outcome())).count();
    }
}

package dev.millrace.compose.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The processes of a stack as targets of signals, for trials of what happens when they fail. A record
 * whose pid is somebody else's by now leads to nobody. Thread-safe.
 */
public final class RecordedProcesses {
    private final ChildRecords records;

    public RecordedProcesses(ChildRecords records) {
        this.records = records;
    }

    /** The child of that name; empty while none runs. */
    public Optional<RunningProcess> find(String name) {
        return record(name).map(ChildRecord::identity).map(RunningProcess::new);
    }

    /** The child and all that work in its directory, the child first; empty while it does not run. */
    public List<RunningProcess> group(String name) {
        List<RunningProcess> group = new ArrayList<>();
        record(name).ifPresent(child -> {
            group.add(new RunningProcess(child.identity()));
            new Descendants(child.workplace(), records.home())
                    .alive().stream()
                            .filter(process -> !process.equals(child.identity()))
                            .map(RunningProcess::new)
                            .forEach(group::add);
        });
        return group;
    }

    /** One process that works in a child's directory, by its pid; empty if it does not. */
    public Optional<RunningProcess> member(String name, long pid) {
        return group(name).stream().filter(process -> process.pid() == pid).findFirst();
    }

    private Optional<ChildRecord> record(String name) {
        try {
            return ChildRecord.parse(name, Files.readString(records.identities().resolve(name)))
                    .filter(child -> child.identity().isAlive());
        } catch (NoSuchFileException endedMeanwhile) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

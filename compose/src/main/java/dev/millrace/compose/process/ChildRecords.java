package dev.millrace.compose.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The children of a stack on disk. A child does not run before its record is there.
 *
 * @param home directory of the stack, with all that is its own
 * @param pids directory of a file {@code NAME} for each, with the pid alone, for people and scripts
 * @param identities directory of a file {@code NAME} for each, with the whole record
 */
public record ChildRecords(Path home, Path pids, Path identities) {
    /** Writes a record, each of its files as a whole; the one that proves something comes first. */
    void write(ChildRecord child) throws IOException {
        replace(identities.resolve(child.name()), child.toText());
        replace(pids.resolve(child.name()), child.identity().pid() + "\n");
    }

    /** Removes a record; does nothing if there is none. */
    void remove(String name) {
        try {
            Files.deleteIfExists(pids.resolve(name));
            Files.deleteIfExists(identities.resolve(name));
        } catch (IOException left) {
            // It names a process that is no more, which nobody will mistake for another one.
            return;
        }
    }

    /** All records, the youngest first; none where there is no directory. */
    List<ChildRecord> youngestFirst() throws IOException {
        if (!Files.isDirectory(identities)) {
            return List.of();
        }
        List<Path> files;
        try (Stream<Path> content = Files.list(identities)) {
            files = content.filter(file -> !file.toString().endsWith(".new"))
                    .sorted(Comparator.comparing(ChildRecords::modifiedMillis).reversed())
                    .toList();
        }
        List<ChildRecord> records = new ArrayList<>();
        for (Path file : files) {
            ChildRecord.parse(file.getFileName().toString(), Files.readString(file))
                    .ifPresent(records::add);
        }
        return records;
    }

    /** Removes all files of both directories. */
    void removeAll() throws IOException {
        for (Path directory : List.of(pids, identities)) {
            if (Files.isDirectory(directory)) {
                List<Path> files;
                try (Stream<Path> content = Files.list(directory)) {
                    files = content.toList();
                }
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static long modifiedMillis(Path file) {
        return file.toFile().lastModified();
    }

    private static void replace(Path file, String content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(unfinished, content);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
}

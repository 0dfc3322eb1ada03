package dev.millrace.compose.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The programs of Postgres as the first stack of this JVM unpacked them: each later one gets links to the same
 * files, and begins some seconds sooner. Thread-safe.
 */
final class UnpackedPostgres {
    private static @Nullable Path kept;

    private UnpackedPostgres() {}

    /** Makes the directory of a stack, with nothing in it but the programs, if there are some. */
    static synchronized void giveTo(Path data) throws IOException {
        if (kept != null && Files.notExists(data)) {
            link(kept, data);
        }
    }

    /** Keeps the programs of a stack that runs, if there are none. */
    static synchronized void takeFrom(Path data) throws IOException {
        if (kept == null) {
            Path directory = Files.createTempDirectory("millrace-test-postgres");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory), "test-postgres-deletion"));
            for (Path part : content(data)) {
                String name = part.getFileName().toString();
                // The version as well: without it the directory would be somebody else's.
                if (name.equals("version") || name.startsWith("postgres-")) {
                    link(part, directory.resolve(name));
                }
            }
            kept = directory;
        }
    }

    private static void link(Path from, Path to) throws IOException {
        if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(to);
            for (Path part : content(from)) {
                link(part, to.resolve(part.getFileName()));
            }
        } else if (Files.isSymbolicLink(from)) {
            Files.createSymbolicLink(to, Files.readSymbolicLink(from));
        } else {
            Files.createLink(to, from);
        }
    }

    private static List<Path> content(Path directory) throws IOException {
        try (Stream<Path> parts = Files.list(directory)) {
            return parts.toList();
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

package dev.millrace.compose.endtoend;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How far a first start has come.
 *
 * @param data its directory
 */
record FirstStart(Path data) {
    /** What it makes, in its order; the last part of each may be a pattern. */
    static final List<String> MARKERS = List.of(
            "version",
            "secrets/*",
            "postgres-*.new",
            "kafka/log*",
            "primary.new",
            "primary.new/base",
            "primary/postmaster.pid",
            "replica.new/base",
            "replica/postmaster.pid",
            "identities/sink");

    boolean hasMade(String marker) throws IOException {
        Path path = data.resolve(marker);
        if (!Files.isDirectory(path.getParent())) {
            return false;
        }
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(path.getParent(), path.getFileName().toString())) {
            return found.iterator().hasNext();
        }
    }
}

package dev.millrace.compose.stack;

import dev.millrace.compose.process.ChildRecords;
import java.nio.file.Path;

/**
 * What lies where in a data directory.
 *
 * @param root the directory itself; made absolute
 */
public record StackDirectory(Path root) {
    public StackDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /** Settings of the running stack; there only while it is ready. */
    public Path environment() {
        return root.resolve("env");
    }

    /** A log per process. */
    public Path logs() {
        return root.resolve("logs");
    }

    Path pids() {
        return root.resolve("pids");
    }

    /** By what a later run recognises the processes of {@link #pids}. */
    Path identities() {
        return root.resolve("identities");
    }

    /** Its processes, as they are on record. */
    public ChildRecords children() {
        return new ChildRecords(root, pids(), identities());
    }

    Path secrets() {
        return root.resolve("secrets");
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    Path primary() {
        return root.resolve("primary");
    }

    Path replica() {
        return root.resolve("replica");
    }

    Path postgres(String version) {
        return root.resolve("postgres-" + version);
    }

    Path lock() {
        return root.resolve("lock");
    }

    Path version() {
        return root.resolve("version");
    }
}

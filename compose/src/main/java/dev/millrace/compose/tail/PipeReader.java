package dev.millrace.compose.tail;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The process at the other end of a pipe. A writer notices that it has left only when it writes, and
 * a follower of events may have nothing to write for hours; Linux shows it without. Elsewhere, and
 * for a process of another user, nothing is ever seen. For one thread.
 */
final class PipeReader {
    private static final Path PROCESSES = Path.of("/proc");
    private static final int ACCESS_MODE = 03;
    private static final int WRITE_ONLY = 01;

    private final @Nullable Path pipe;
    private @Nullable Path reader;

    /** @param writer the end that is ours, for example {@code /proc/self/fd/1} */
    PipeReader(Path writer) {
        Path target = target(writer);
        this.pipe = target != null && target.toString().startsWith("pipe:") ? target : null;
        this.reader = pipe == null ? null : find(pipe);
    }

    /** Whether there was a reader and is none any more. */
    boolean hasLeft() {
        if (pipe == null || reader == null || pipe.equals(target(reader))) {
            return false;
        }
        // It may have passed its end on to another process.
        Path another = find(pipe);
        if (another != null) {
            reader = another;
        }
        return another == null;
    }

    private static @Nullable Path find(Path pipe) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                Path found = find(pipe, process);
                if (found != null) {
                    return found;
                }
            }
        } catch (IOException notLinux) {
            return null;
        }
        return null;
    }

    private static @Nullable Path find(Path pipe, Path process) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (pipe.equals(target(descriptor)) && isReadable(process, descriptor.getFileName())) {
                    return descriptor;
                }
            }
        } catch (IOException ofSomebodyElseOrGone) {
            return null;
        }
        return null;
    }

    private static boolean isReadable(Path process, Path descriptor) throws IOException {
        for (String line : Files.readAllLines(process.resolve("fdinfo").resolve(descriptor))) {
            if (line.startsWith("flags:")) {
                int flags = Integer.parseInt(line.substring("flags:".length()).strip(), 8);
                return (flags & ACCESS_MODE) != WRITE_ONLY;
            }
        }
        return false;
    }

    private static @Nullable Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException | UnsupportedOperationException gone) {
            return null;
        }
    }
}

package dev.millrace.compose.stack;

import com.sun.security.auth.module.UnixSystem;
import dev.millrace.compose.process.Leftovers;
import dev.millrace.compose.stack.StackException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The sole use of a data directory, for as long as it is open. The lock goes with the process, so
 * that of a killed one is free, and what the killed one left is ended and cleaned up here.
 */
final class DirectoryClaim implements AutoCloseable {
    /** Changes when this program could not read what an older one left in the directory. */
    private static final String LAYOUT = "1";

    private final FileChannel lock;

    private DirectoryClaim(FileChannel lock) {
        this.lock = lock;
    }

    /**
     * Claims a directory, which is made if it is missing, and ends what a killed run left in it.
     *
     * @param fresh whether to delete what is in it
     * @param announcements receives a line for each process that is ended
     * @throws StackException USAGE if it is not ours to write to, FAILED if another process uses it
     */
    static DirectoryClaim of(StackDirectory directory, boolean fresh, Consumer<String> announcements)
            throws IOException {
        refuseForeign(directory);
        PrivateFile.directory(directory.root());
        FileChannel channel = FileChannel.open(directory.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (!lock(channel)) {
                throw new StackException(
                        Kind.FAILED,
                        "another 'millrace up' runs in " + directory.root() + "; stop it, or use --data DIR");
            }
            if (!fresh) {
                requireVersion(directory);
            }
            // Not true any more, whatever comes next.
            new EnvironmentFile(directory.environment()).delete();
            new Leftovers(directory.children(), announcements).end();
            if (fresh) {
                empty(directory);
            }
            complete(directory);
            return new DirectoryClaim(channel);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private static void complete(StackDirectory directory) throws IOException {
        if (!Files.exists(directory.version())) {
            PrivateFile.write(directory.version(), LAYOUT + "\n");
        }
        for (Path part : List.of(
                directory.pids(), directory.identities(), directory.logs(), directory.secrets(), directory.kafka())) {
            PrivateFile.directory(part);
        }
        for (Path part : List.of(directory.root(), directory.secrets(), directory.kafka())) {
            deleteUnfinished(part);
        }
    }

    /** What a killed run was about to rename. */
    private static void deleteUnfinished(Path part) throws IOException {
        for (Path path : content(part)) {
            if (path.toString().endsWith(".new")) {
                FileTree.delete(path);
            }
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException inThisProcess) {
            return false;
        }
    }

    private static void refuseForeign(StackDirectory directory) throws IOException {
        Path root = directory.root();
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new StackException(Kind.USAGE, root + " is not a directory");
        }
        if (!Files.exists(root)) {
            return;
        }
        if (!Files.getAttribute(root, "unix:uid").equals((int) new UnixSystem().getUid())) {
            // Postgres would refuse it later, in fewer words.
            throw new StackException(Kind.USAGE, root + " belongs to another user; name another --data DIR");
        }
        if (Files.exists(directory.version())) {
            return;
        }
        Set<Path> ours = Set.of(directory.lock(), directory.root().resolve("version.new"));
        if (!ours.containsAll(content(root))) {
            throw new StackException(
                    Kind.USAGE, root + " holds other files and no data of Millrace; name another --data DIR");
        }
    }

    /** The version goes last: an interrupted deletion leaves a directory that is still ours. */
    private static void empty(StackDirectory directory) throws IOException {
        Set<Path> last = Set.of(directory.lock(), directory.version());
        for (Path path : content(directory.root())) {
            if (!last.contains(path)) {
                FileTree.delete(path);
            }
        }
        FileTree.delete(directory.version());
    }

    private static List<Path> content(Path part) throws IOException {
        try (Stream<Path> paths = Files.list(part)) {
            return paths.toList();
        }
    }

    private static void requireVersion(StackDirectory directory) throws IOException {
        if (!Files.exists(directory.version())) {
            return;
        }
        String found = Files.readString(directory.version()).strip();
        if (!found.equals(LAYOUT)) {
            throw new StackException(
                    Kind.USAGE,
                    directory.root() + " has the layout of another version of Millrace (" + found + ", not " + LAYOUT
                            + "); use that version, another --data DIR, or --fresh to delete its content");
        }
    }

    /** Gives the directory up. The lock file stays, for a deleted one could be locked twice. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}

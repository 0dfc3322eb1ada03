package dev.millrace.compose.stack;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;

/** Copies the data directory of a running server, as pg_basebackup does, which the archive lacks. */
final class BaseBackup {
    /** Made anew by the server that starts on the copy. */
    private static final Set<String> EMPTY_DIRECTORIES = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private static final Set<String> LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts", "pg_internal.init");

    private final Sql sql;

    /** @param sql superuser's connection to the server; the backup belongs to this one session */
    BaseBackup(Sql sql) {
        this.sql = sql;
    }

    /**
     * Copies a running server.
     *
     * @param from its data directory
     * @param to a directory that does not exist; incomplete until this returns
     */
    void copy(Path from, Path to) throws IOException, SQLException {
        sql.ask("SELECT pg_backup_start('millrace replica', true)");
        Files.walkFileTree(from, new Copying(from, to));
        String label = sql.ask("SELECT labelfile FROM pg_backup_stop(false)");
        Files.writeString(to.resolve("backup_label"), Objects.requireNonNull(label));
        Files.createDirectory(to.resolve("pg_wal").resolve("archive_status"));
    }

    private static final class Copying extends SimpleFileVisitor<Path> {
        private final Path from;
        private final Path to;

        Copying(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            Path relative = from.relativize(directory);
            PrivateFile.directory(to.resolve(relative));
            return EMPTY_DIRECTORIES.contains(relative.toString())
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("stopped while copying " + from);
            }
            if (!LEFT_OUT.contains(file.getFileName().toString())) {
                try {
                    Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                } catch (NoSuchFileException dropped) {
                    // The server deletes files meanwhile; the log that follows says the same.
                    return FileVisitResult.CONTINUE;
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }
}

package dev.millrace.compose.stack;

import dev.millrace.compose.stack.StackException.Kind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The server's programs, which come as an archive in a jar.
 *
 * @param archive the archive for this machine
 * @param version of the server, for example {@code 18.6.0}
 */
record PostgresBinaries(URL archive, String version) {
    private static final Pattern JAR_VERSION = Pattern.compile("-([0-9]+(?:\\.[0-9]+)+)\\.jar!");
    private static final int ANY_EXECUTE_BIT = 0111;

    /** @throws StackException FAILED if this build has no server for this machine */
    static PostgresBinaries forThisMachine() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        String name = "postgres-" + system + "-" + machine + ".txz";
        URL archive = PostgresBinaries.class.getClassLoader().getResource(name);
        if (archive == null) {
            throw new StackException(Kind.FAILED, "this build has no " + name + "; build it on this machine");
        }
        Matcher version = JAR_VERSION.matcher(archive.toString());
        if (!version.find()) {
            throw new StackException(Kind.FAILED, "no version in the name of " + archive);
        }
        return new PostgresBinaries(archive, version.group(1));
    }

    /** The first part of the version, which decides the format of a data directory. */
    String major() {
        return version.substring(0, version.indexOf('.'));
    }

    /**
     * Unpacks them.
     *
     * @param directory must not exist; it appears when all is in it
     * @param progress shows how far this is
     */
    void unpackInto(Path directory, Progress progress) throws IOException {
        Path unfinished = directory.resolveSibling(directory.getFileName() + ".new");
        FileTree.delete(unfinished);
        Files.createDirectory(unfinished);
        URLConnection connection = archive.openConnection();
        try (InputStream file = connection.getInputStream()) {
            progress.read(
                    "unpacking PostgreSQL",
                    connection.getContentLengthLong(),
                    file,
                    counted -> unpackAll(counted, unfinished));
        }
        Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpackAll(InputStream file, Path directory) throws IOException {
        try (InputStream unzipped = new XZCompressorInputStream(new BufferedInputStream(file));
                TarArchiveInputStream entries = new TarArchiveInputStream(unzipped)) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                unpack(entry, entries, directory);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path directory) throws IOException {
        Path path = directory.resolve(entry.getName()).normalize();
        if (!path.startsWith(directory)) {
            throw new IOException("an entry outside the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, path);
        boolean executable = (entry.getMode() & ANY_EXECUTE_BIT) != 0;
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
}

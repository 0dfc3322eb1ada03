package dev.millrace.schemas.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The file with the keys, a line for each as {@link ApiKeyLine} has them; {@code #} begins a comment.
 *
 * @param path where it lies; others than its owner must not be able to write there
 */
record ApiKeyFile(Path path) {
    /** Every request is compared with every key. */
    private static final int MOST_BYTES = 1 << 18;

    private static final int MOST_PROBLEMS = 5;
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** @throws AccessSetupException saying what is wrong with it, in which lines, and what to do */
    ApiKeys read() {
        try {
            requireNobodyElseWrites();
            return parse(content());
        } catch (NoSuchFileException missing) {
            throw new AccessSetupException(
                    path + " is not there; make it with 'millrace config api-key NAME --scopes read --append " + path
                            + "'",
                    missing);
        } catch (IOException failure) {
            throw new AccessSetupException(
                    path + " cannot be read (" + failure.getClass().getSimpleName()
                            + "); let the user that runs the service read it",
                    failure);
        }
    }

    /**
     * Adds a line in place, so that owner and permissions stay. A service that reads just then may see a
     * part of the line, keeps what it had, and reads again.
     *
     * @throws AccessSetupException if the file is there and cannot be used as it is
     */
    void append(String line) throws IOException {
        String before = "";
        if (Files.exists(path)) {
            requireNobodyElseWrites();
            before = content();
            keys(before);
        }
        String end = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(path, options, OWNER_ONLY)) {
            channel.write(ByteBuffer.wrap((end + line + "\n").getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
    }

    /** Who can add a line can let anybody in. Where the file system has no such permissions, there is nothing to see. */
    private void requireNobodyElseWrites() throws IOException {
        if (!Files.isRegularFile(path) && Files.exists(path)) {
            throw new AccessSetupException(path + " is no regular file; name one with a line for each key");
        }
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new AccessSetupException(path + " can be written by others than its owner, so they could let"
                        + " anybody in; look at its lines, then 'chmod go-w " + path + "'");
            }
        } catch (UnsupportedOperationException noSuchPermissions) {
            return;
        }
    }

    private String content() throws IOException {
        try (InputStream input = Files.newInputStream(path)) {
            byte[] bytes = input.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new AccessSetupException(
                        path + " has more than " + MOST_BYTES + " bytes; remove the keys that nobody uses");
            }
            // Comments may be in any language; a line has ASCII only.
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private ApiKeys parse(String content) {
        List<ApiKey> keys = keys(content);
        if (keys.isEmpty()) {
            throw new AccessSetupException(path + " has no key, so nobody could get in; add one with"
                    + " 'millrace config api-key NAME --scopes read --append " + path + "'");
        }
        return new ApiKeys(keys);
    }

    private List<ApiKey> keys(String content) {
        Map<String, ApiKey> keys = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (String line : content.split("\\R", -1)) {
            number++;
            String text = line.replaceFirst("#.*", "").strip();
            if (!text.isEmpty()) {
                add(keys, problems, number, text);
            }
        }
        if (!problems.isEmpty()) {
            String first = String.join("; ", problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS)));
            String more = problems.size() > MOST_PROBLEMS ? "; and more" : "";
            throw new AccessSetupException(path + ": " + first + more + ". Correct or remove what is wrong.");
        }
        return List.copyOf(keys.values());
    }

    private static void add(Map<String, ApiKey> keys, List<String> problems, int number, String text) {
        try {
            ApiKey key = ApiKeyLine.read(text);
            if (keys.putIfAbsent(HexFormat.of().formatHex(key.sha256()), key) != null) {
                problems.add("line " + number + " has the same key as a line above");
            }
        } catch (IllegalArgumentException invalid) {
            problems.add("line " + number + " " + invalid.getMessage());
        }
    }
}

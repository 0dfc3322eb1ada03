package dev.millrace.schemas.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Something that may change only on purpose, in {@code src/test/resources/golden} of the module under
 * test. {@code -Dgolden.update} rewrites it, and the diff is reviewed; docs/tests.md lists them all.
 */
public final class GoldenFile {
    private static final boolean UPDATE = Boolean.parseBoolean(System.getProperty("golden.update"));

    private final Path path;

    private GoldenFile(Path path) {
        this.path = path;
    }

    public static GoldenFile named(String name) {
        // Maven says where the module is; an IDE starts tests inside it.
        return new GoldenFile(Path.of(System.getProperty("basedir", ""), "src", "test", "resources", "golden", name));
    }

    /** Fails if the text is another, or, when told to update, takes it. */
    public void assertHolds(String text) {
        takeIfTold(text.getBytes(StandardCharsets.UTF_8));
        assertThat(new String(bytes(), StandardCharsets.UTF_8)).as(hint()).isEqualTo(text);
    }

    /** Fails if the bytes are others, or, when told to update, takes them. */
    public void assertHolds(byte[] expected) {
        takeIfTold(expected);
        assertThat(bytes()).as(hint()).isEqualTo(expected);
    }

    /** What is in it. */
    public byte[] bytes() {
        try {
            return Files.readAllBytes(path);
        } catch (IOException failure) {
            throw new UncheckedIOException(hint(), failure);
        }
    }

    private void takeIfTold(byte[] content) {
        if (!UPDATE) {
            return;
        }
        try {
            Files.createDirectories(path.getParent());
            Files.write(path, content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String hint() {
        return "%s; a wanted change is taken with -Dgolden.update".formatted(path.getFileName());
    }
}

package dev.millrace.compose.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.compose.stack.StackException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryClaimTest {
    @TempDir
    private Path parent;

    private StackDirectory directory;

    @BeforeEach
    void name() {
        directory = new StackDirectory(parent.resolve("data"));
    }

    @Test
    void newDirectoryBelongsToItsOwnerAlone() throws IOException {
        // When
        DirectoryClaim.of(directory, false).close();
        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.root())))
                .isEqualTo("rwx------");
        assertThat(directory.secrets()).isDirectory();
    }

    @Test
    void directoryIsClaimedOnceAtATime() throws IOException {
        // Given
        DirectoryClaim first = DirectoryClaim.of(directory, false);
        // When, then
        assertRefused(() -> DirectoryClaim.of(directory, false), Kind.FAILED, "another 'millrace up'");
        assertRefused(() -> DirectoryClaim.of(directory, true), Kind.FAILED, "another 'millrace up'");
        first.close();
        DirectoryClaim.of(directory, false).close();
    }

    @Test
    void dataStaysUnlessAFreshStartIsAskedFor() throws IOException {
        // Given
        DirectoryClaim.of(directory, false).close();
        Path data = Files.createDirectories(directory.primary().resolve("base")).resolve("1");
        Files.writeString(data, "rows");
        // When, then
        DirectoryClaim.of(directory, false).close();
        assertThat(data).hasContent("rows");
        DirectoryClaim.of(directory, true).close();
        assertThat(directory.primary()).doesNotExist();
        assertThat(directory.version()).exists();
    }

    @Test
    void directoryOfSomebodyElseIsLeftAloneEvenByAFreshStart() throws IOException {
        // Given
        Files.createDirectory(directory.root());
        Path treasure = Files.writeString(directory.root().resolve("thesis.txt"), "years of work");
        // When, then
        assertRefused(() -> DirectoryClaim.of(directory, true), Kind.USAGE, "holds other files");
        assertThat(treasure).hasContent("years of work");
        assertThat(directory.lock()).doesNotExist();
    }

    @Test
    void directoryOfAnotherVersionIsRefusedUntilAFreshStart() throws IOException {
        // Given
        DirectoryClaim.of(directory, false).close();
        Files.writeString(directory.version(), "999\n");
        // When, then
        assertRefused(() -> DirectoryClaim.of(directory, false), Kind.USAGE, "another version of Millrace (999");
        DirectoryClaim.of(directory, true).close();
        DirectoryClaim.of(directory, false).close();
    }

    private static void assertRefused(ThrowingCallable claim, Kind kind, String reason) {
        assertThatThrownBy(claim)
                .hasMessageContaining(reason)
                .isInstanceOfSatisfying(
                        StackException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(kind));
    }
}

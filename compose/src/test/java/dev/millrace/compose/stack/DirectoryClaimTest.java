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
        DirectoryClaim.of(directory, false, line -> {}).close();
        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.root())))
                .isEqualTo("rwx------");
        assertThat(directory.secrets()).isDirectory();
    }

    @Test
    void directoryIsClaimedOnceAtATime() throws IOException {
        // Given
        DirectoryClaim first = DirectoryClaim.of(directory, false, line -> {});
        // When, then
        assertRefused(() -> DirectoryClaim.of(directory, false, line -> {}), Kind.FAILED, "another 'millrace up'");
        assertRefused(() -> DirectoryClaim.of(directory, true, line -> {}), Kind.FAILED, "another 'millrace up'");
        first.close();
        DirectoryClaim.of(directory, false, line -> {}).close();
    }

    @Test
    void dataStaysUnlessAFreshStartIsAskedFor() throws IOException {
        // Given
        DirectoryClaim.of(directory, false, line -> {}).close();
        Path data = Files.createDirectories(directory.primary().resolve("base")).resolve("1");
        Files.writeString(data, "rows");
        // When, then
        DirectoryClaim.of(directory, false, line -> {}).close();
        assertThat(data).hasContent("rows");
        DirectoryClaim.of(directory, true, line -> {}).close();
        assertThat(directory.primary()).doesNotExist();
        assertThat(directory.version()).exists();
    }

    @Test
    void directoryOfSomebodyElseIsLeftAloneEvenByAFreshStart() throws IOException {
        // Given
        Files.createDirectory(directory.root());
        Path treasure = Files.writeString(directory.root().resolve("thesis.txt"), "years of work");
        // When, then
        assertRefused(() -> DirectoryClaim.of(directory, true, line -> {}), Kind.USAGE, "holds other files");
        assertThat(treasure).hasContent("years of work");
        assertThat(directory.lock()).doesNotExist();
    }

    @Test
    void directoryOfAnotherVersionIsRefusedUntilAFreshStart() throws IOException {
        // Given
        DirectoryClaim.of(directory, false, line -> {}).close();
        Files.writeString(directory.version(), "999\n");
        // When, then
        assertRefused(
                () -> DirectoryClaim.of(directory, false, line -> {}), Kind.USAGE, "another version of Millrace (999");
        DirectoryClaim.of(directory, true, line -> {}).close();
        DirectoryClaim.of(directory, false, line -> {}).close();
    }

    @Test
    void whatAKilledRunWasAboutToRenameIsDeleted() throws IOException {
        // Given
        DirectoryClaim.of(directory, false, line -> {}).close();
        Path database = Files.createDirectories(directory.root().resolve("primary.new/base"));
        Path secret = Files.writeString(directory.secrets().resolve("owner.new"), "half a pass");
        Files.writeString(directory.environment(), "KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:1\n");
        // When
        DirectoryClaim.of(directory, false, line -> {}).close();
        // Then
        assertThat(database.getParent()).doesNotExist();
        assertThat(secret).doesNotExist();
        assertThat(directory.environment()).doesNotExist();
    }

    private static void assertRefused(ThrowingCallable claim, Kind kind, String reason) {
        assertThatThrownBy(claim)
                .hasMessageContaining(reason)
                .isInstanceOfSatisfying(
                        StackException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(kind));
    }
}

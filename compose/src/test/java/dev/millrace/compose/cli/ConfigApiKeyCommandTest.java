package dev.millrace.compose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.access.Access;
import dev.millrace.schemas.access.AccessCheck;
import dev.millrace.schemas.access.AccessScope;
import dev.millrace.schemas.access.AccessSetup;
import dev.millrace.schemas.access.PresentedKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConfigApiKeyCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theKeyIsOnStdoutAndOpensWithTheLineOnStderr() throws IOException {
        // When
        int exitCode = run("shop", "--scopes", "read,write");
        // Then
        assertThat(exitCode).isZero();
        assertThat(out.toString()).matches("mr_[A-Za-z0-9_-]{43}\\R");
        assertThat(err.toString()).matches("shop read,write [0-9a-f]{64}\\R").doesNotContain(key());
        Files.writeString(file(), err.toString());
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(check(AccessScope.WRITE)).isEqualTo(new Access.Granted("shop"));
        assertThat(check(AccessScope.ADMIN)).isEqualTo(new Access.OutOfScope("shop"));
    }

    @Test
    void appendedKeysFollowEachOtherInAFileForItsOwnerAlone() throws IOException {
        // Given
        run("first", "--scopes", "read", "--append", file().toString());
        Files.writeString(file(), Files.readString(file()).stripTrailing() + " # no end of line");
        out.getBuffer().setLength(0);
        // When
        int exitCode = run("second", "--scopes", "admin", "--append", file().toString());
        // Then
        assertThat(exitCode).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(Files.readAllLines(file())).hasSize(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(check(AccessScope.WRITE)).isEqualTo(new Access.Granted("second"));
    }

    @Test
    void nothingIsAppendedToAFileThatIsNotOne() throws IOException {
        // Given
        Files.writeString(file(), "sink.port=1\n");
        // When
        int exitCode = run("shop", "--scopes", "read", "--append", file().toString());
        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains(file().toString(), "line 1").doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
        assertThat(Files.readString(file())).isEqualTo("sink.port=1\n");
    }

    @Test
    void wrongUsageIsNamed() {
        // Then
        assertThat(run("shop")).isEqualTo(2);
        assertThat(run("two words", "--scopes", "read")).isEqualTo(2);
        assertThat(run("shop", "--scopes", "everything")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("--scopes", "the name of a key", "everything");
    }

    @Test
    void forProgramsKeyAndLineAreOneObject() {
        // When
        int exitCode = run("shop", "--scopes", "read", "--output", "json");
        // Then
        assertThat(exitCode).isZero();
        assertThat(out.toString()).matches("\\{\"key\":\"mr_[^\"]*\",\"line\":\"shop read [0-9a-f]{64}\"}\\R");
        assertThat(err.toString()).isEmpty();
    }

    private Access check(AccessScope scope) {
        AccessCheck access = new AccessSetup("query-api", "0.0.0.0", Optional.of(file())).open(() -> 0);
        return access.check(new PresentedKey(Optional.of(key())), scope);
    }

    private String key() {
        return out.toString().strip();
    }

    private Path file() {
        return directory.resolve("api-keys");
    }

    private int run(String... arguments) {
        CommandLine command =
                MillraceCommand.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of("config", "api-key"));
        all.addAll(List.of(arguments));
        return command.execute(all.toArray(String[]::new));
    }
}

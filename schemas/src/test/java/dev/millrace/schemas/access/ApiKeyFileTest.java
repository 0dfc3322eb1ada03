package dev.millrace.schemas.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.schemas.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyFileTest {
    private static final String DIGEST = "0123456789abcdefABCDEF0123456789abcdef0123456789abcdef0123456789";
    private static final NewApiKey ONE = NewApiKey.make("one", Set.of(AccessScope.READ), new SecureRandom());
    private static final NewApiKey TWO = NewApiKey.make("two", Set.of(AccessScope.READ), new SecureRandom());

    @TempDir
    private Path directory;

    private final ManualClock clock = new ManualClock(Instant.EPOCH);

    @Test
    void commentsAndSpacesMeanNothing() throws IOException {
        // Given
        write("# keys of caf\u00e9\n\n  " + ONE.line().replace(" ", "\t ") + "  # the first\r\n" + TWO.line());
        // When
        AccessCheck keys = open();
        // Then
        assertThat(check(keys, ONE)).isEqualTo(new Access.Granted("one"));
        assertThat(check(keys, TWO)).isEqualTo(new Access.Granted("two"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "one read | 2 words",
                "one read write " + DIGEST + " | 4 words",
                "-one read " + DIGEST + " | no name",
                "o:ne read " + DIGEST + " | no name",
                "one reed " + DIGEST + " | a scope that is none",
                "one READ " + DIGEST + " | a scope that is none",
                "one read, " + DIGEST + " | a scope that is none",
                "one read " + DIGEST + "0 | no SHA-256",
                "one read 0123 | no SHA-256",
                "one read mr_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA | a key itself",
                "mr_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA read " + DIGEST + " | a key itself",
                "last read " + DIGEST + " | the same key"
            })
    void aBadLineIsNamedAndNotQuoted(String line, String problem) throws IOException {
        // Given
        write("good read " + DIGEST.replace('9', '8') + "\nlast read " + DIGEST + "\n" + line + "\n");
        // When
        Throwable thrown = catchThrowable(this::open);
        // Then
        assertThat(thrown)
                .isInstanceOf(AccessSetupException.class)
                .hasMessageContainingAll(file().toString(), "line 3", problem);
        assertThat(thrown.getMessage())
                .doesNotContain(DIGEST)
                .doesNotContain("mr_AAAA")
                .doesNotContain("reed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# one read\n"})
    void aFileWithoutAKeyIsRefused(String content) throws IOException {
        // Given
        write(content);
        // Then
        assertThat(catchThrowable(this::open)).hasMessageContainingAll(file().toString(), "no key", "config api-key");
    }

    @Test
    void aFileThatIsNotThereOrNoneIsRefused() throws IOException {
        assertThat(catchThrowable(this::open)).hasMessageContainingAll(file().toString(), "is not there", "--append");
        Files.createDirectory(file());
        assertThat(catchThrowable(this::open)).hasMessageContainingAll(file().toString(), "no regular file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw-r--", "rw-r--rw-", "rw--w----"})
    void aFileThatOthersCanWriteIsRefused(String permissions) throws IOException {
        // Given
        write(ONE.line());
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(permissions));
        // Then
        assertThat(catchThrowable(this::open)).hasMessageContainingAll("written by others", "chmod go-w " + file());
    }

    @Test
    void aHugeFileIsRefused() throws IOException {
        // Given
        write("#".repeat((1 << 18) + 1));
        // Then
        assertThat(catchThrowable(this::open)).hasMessageContainingAll(file().toString(), "more than 262144 bytes");
    }

    @Test
    void aChangeIsSeenAfterTwoSecondsAndNotBefore() throws IOException {
        // Given
        write(ONE.line());
        AccessCheck keys = open();
        // When
        write(TWO.line());
        clock.pass(Duration.ofMillis(1_999));
        Access early = check(keys, TWO);
        clock.pass(Duration.ofMillis(1));
        // Then
        assertThat(early).isEqualTo(new Access.Unknown());
        assertThat(check(keys, TWO)).isEqualTo(new Access.Granted("two"));
        assertThat(check(keys, ONE)).isEqualTo(new Access.Unknown());
    }

    @Test
    void aBadVersionKeepsTheOldOneUntilItIsGood() throws IOException {
        // Given
        write(ONE.line());
        AccessCheck keys = open();
        for (String bad : new String[] {TWO.line() + "\nhalf a", "", TWO.line() + " x"}) {
            // When
            write(bad);
            clock.pass(WatchedApiKeys.INTERVAL);
            // Then
            assertThat(check(keys, ONE)).isEqualTo(new Access.Granted("one"));
            assertThat(check(keys, TWO)).isEqualTo(new Access.Unknown());
        }
        // When
        Files.delete(file());
        clock.pass(WatchedApiKeys.INTERVAL);
        // Then
        assertThat(check(keys, ONE)).isEqualTo(new Access.Granted("one"));
        // When
        write(TWO.line());
        clock.pass(WatchedApiKeys.INTERVAL);
        // Then
        assertThat(check(keys, TWO)).isEqualTo(new Access.Granted("two"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "127.8.8.8", "localhost"})
    void onLoopbackNoKeyIsAskedFor(String host) {
        // When
        AccessCheck access = new AccessSetup("query-api", host, Optional.empty()).open(clock::nanoTime);
        // Then
        assertThat(access.check(new PresentedKey(Optional.empty()), AccessScope.READ))
                .isInstanceOf(Access.Granted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "169.254.1.1", "10.0.0.1"})
    void elsewhereTheServiceDoesNotStartWithoutKeys(String host) {
        // When
        Throwable thrown =
                catchThrowable(() -> new AccessSetup("query-api", host, Optional.empty()).open(clock::nanoTime));
        // Then
        assertThat(thrown)
                .isInstanceOf(AccessSetupException.class)
                .hasMessageContainingAll("query-api.host is '" + host, "query-api.api-keys-file=FILE");
    }

    private AccessCheck open() {
        return new AccessSetup("query-api", "0.0.0.0", Optional.of(file())).open(clock::nanoTime);
    }

    private static Access check(AccessCheck keys, NewApiKey key) {
        return keys.check(new PresentedKey(Optional.of(key.key())), AccessScope.READ);
    }

    private Path file() {
        return directory.resolve("api-keys");
    }

    private void write(String content) throws IOException {
        Files.writeString(file(), content);
        // Whatever the umask of whoever runs this is.
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    }
}

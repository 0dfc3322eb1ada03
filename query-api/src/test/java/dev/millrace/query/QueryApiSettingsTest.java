package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueryApiSettingsTest {
    private static final String URL = "jdbc:postgresql://127.0.0.1:5434/millrace?user=millrace_reader&password=secret";

    @Test
    void everythingButTheAddressOfTheReplicaHasADefault() {
        // When
        QueryApiSettings settings = QueryApiSettings.from(Map.of("query-api.reader-url", URL));
        // Then
        assertThat(settings)
                .isEqualTo(new QueryApiSettings(URL, "127.0.0.1", 8080, 8, true, ApiClient.LIMITS, Optional.empty()));
    }

    @Test
    void everyKeyIsMapped() {
        // When
        QueryApiSettings settings = QueryApiSettings.from(Map.of(
                "query-api.reader-url", URL,
                "query-api.host", "0.0.0.0",
                "query-api.port", "18080",
                "query-api.pool-size", "40",
                "query-api.max-exports", "20",
                "query-api.require-replica", "false",
                "query-api.max-requests", "7",
                "query-api.max-streams", "5",
                "query-api.api-keys-file", "/etc/millrace/keys",
                "other.key", "x"));
        // Then
        assertThat(settings)
                .isEqualTo(new QueryApiSettings(
                        URL,
                        "0.0.0.0",
                        18080,
                        40,
                        false,
                        new ClientLimits(7, 20, 5),
                        Optional.of(Path.of("/etc/millrace/keys"))));
    }

    @Test
    void everyBadValueIsNamedInOneMessage() {
        // When
        Throwable thrown = catchThrowable(() -> QueryApiSettings.from(Map.of(
                "query-api.reader-url", "postgres://reader:secret@db/millrace",
                "query-api.host", " ",
                "query-api.port", "65536",
                "query-api.pool-size", "many",
                "query-api.require-replica", "yes",
                "query-api.max-requests", "0",
                "query-api.max-exports", "0",
                "query-api.max-streams", "0",
                "query-api.api-keys-file", "\0")));
        // Then
        assertThat(thrown)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "query-api.reader-url",
                        "query-api.host",
                        "query-api.port",
                        "query-api.pool-size",
                        "query-api.require-replica",
                        "query-api.max-requests",
                        "query-api.max-exports",
                        "query-api.max-streams",
                        "query-api.api-keys-file");
        assertThat(thrown.getMessage()).doesNotContain("secret");
    }

    @Test
    void noFileOfKeysIsSaidWithNothing() {
        // When
        QueryApiSettings settings =
                QueryApiSettings.from(Map.of("query-api.reader-url", URL, "query-api.api-keys-file", ""));
        // Then
        assertThat(settings.apiKeysFile()).isEmpty();
    }

    @Test
    void thePasswordIsNotShown() {
        // When
        String shown =
                QueryApiSettings.from(Map.of("query-api.reader-url", URL)).toString();
        // Then
        assertThat(shown).doesNotContain("secret");
    }
}

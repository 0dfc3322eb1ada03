package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryApiSettingsTest {
    private static final String URL = "jdbc:postgresql://127.0.0.1:5434/millrace?user=millrace_reader&password=secret";

    @Test
    void everythingButTheAddressOfTheReplicaHasADefault() {
        // When
        QueryApiSettings settings = QueryApiSettings.from(Map.of("QUERY_API_READER_URL", URL));
        // Then
        assertThat(settings).isEqualTo(new QueryApiSettings(URL, "127.0.0.1", 8080, 8, true));
    }

    @Test
    void everyKeyIsRead() {
        // When
        QueryApiSettings settings = QueryApiSettings.from(Map.of(
                "QUERY_API_READER_URL", URL,
                "QUERY_API_HOST", "0.0.0.0",
                "QUERY_API_PORT", "18080",
                "QUERY_API_POOL_SIZE", "40",
                "QUERY_API_REQUIRE_REPLICA", "false",
                "PATH", "/bin"));
        // Then
        assertThat(settings).isEqualTo(new QueryApiSettings(URL, "0.0.0.0", 18080, 40, false));
    }

    @Test
    void everyBadValueIsNamedInOneMessage() {
        // When
        Throwable thrown = catchThrowable(() -> QueryApiSettings.from(Map.of(
                "QUERY_API_READER_URL", "postgres://reader:secret@db/millrace",
                "QUERY_API_HOST", " ",
                "QUERY_API_PORT", "65536",
                "QUERY_API_POOL_SIZE", "many",
                "QUERY_API_REQUIRE_REPLICA", "yes")));
        // Then
        assertThat(thrown)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "QUERY_API_READER_URL",
                        "QUERY_API_HOST",
                        "QUERY_API_PORT",
                        "QUERY_API_POOL_SIZE",
                        "QUERY_API_REQUIRE_REPLICA");
        assertThat(thrown.getMessage()).doesNotContain("secret");
    }

    @Test
    void thePasswordIsNotShown() {
        // When
        String shown =
                QueryApiSettings.from(Map.of("QUERY_API_READER_URL", URL)).toString();
        // Then
        assertThat(shown).doesNotContain("secret");
    }
}

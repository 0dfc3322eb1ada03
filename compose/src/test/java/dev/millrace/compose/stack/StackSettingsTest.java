package dev.millrace.compose.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackSettingsTest {
    private static final Ports PORTS = new Ports(1000);

    @TempDir
    private Path root;

    private StackDirectory directory;
    private Secrets secrets;
    private StackSettings settings;

    @BeforeEach
    void createSecrets() throws IOException {
        directory = new StackDirectory(root);
        secrets = new Secrets(directory.secrets());
        Files.createDirectory(directory.secrets());
        secrets.complete();
        settings = new StackSettings(directory);
    }

    @Test
    void environmentFileNamesWhatRunsAndNothingElse() throws IOException {
        assertThat(settings.ofStack(PORTS))
                .containsOnlyKeys(StackSettings.NAMES)
                .containsEntry("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:10092")
                .containsEntry("QUERY_API_URL", "http://127.0.0.1:9080");
    }

    @Test
    void eachServiceGetsItsOwnLoginAndNoOther() throws IOException {
        assertThat(present(settings.ofSink(PORTS, SinkChild.usual(PORTS))))
                .containsOnlyKeys(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        "KAFKA_SECURITY_PROTOCOL",
                        "SINK_WRITER_URL",
                        "SINK_OWNER_URL",
                        "SINK_PORT")
                .containsEntry("SINK_PORT", "9082");
        assertThat(present(settings.ofQueryApi(PORTS)))
                .containsOnlyKeys("QUERY_API_READER_URL", "QUERY_API_PORT")
                .containsEntry(
                        "QUERY_API_READER_URL",
                        "jdbc:postgresql://127.0.0.1:6434/millrace?user=millrace_reader&password="
                                + secrets.password(Role.READER));
    }

    @Test
    void whatTheUserSetForAnotherStackCannotContradictOurs() throws IOException {
        // Given
        Map<String, String> inherited = new HashMap<>(Map.of(
                "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "SINK_WRITER_URL_FILE", "/run/secrets/writer",
                "SINK_PORT_FILE", "/run/port",
                "SINK_BATCH_MAX_ROWS", "7"));
        // When
        inherited.putAll(settings.ofSink(PORTS, SinkChild.usual(PORTS)));
        // Then
        assertThat(present(inherited))
                .containsEntry("KAFKA_SECURITY_PROTOCOL", "PLAINTEXT")
                .containsEntry("SINK_BATCH_MAX_ROWS", "7")
                .doesNotContainKeys("SINK_WRITER_URL_FILE", "SINK_PORT_FILE");
    }

    @Test
    void runningStackOffersAddressesAndLoginsButNoPorts() throws IOException {
        // Given
        new EnvironmentFile(directory.environment()).write(settings.ofStack(PORTS));
        // When
        Map<String, String> offered = settings.ofRunningStack();
        // Then
        assertThat(offered)
                .containsEntry("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:10092")
                .containsEntry("SINK_OWNER_URL", settings.ofStack(PORTS).get("PRIMARY_URL"))
                .doesNotContainKeys("SINK_PORT", "QUERY_API_PORT");
        assertThat(offered.get("SINK_WRITER_URL")).contains("127.0.0.1:6433", "user=millrace_writer");
        assertThat(offered.get("QUERY_API_READER_URL")).contains("127.0.0.1:6434", "user=millrace_reader");
    }

    @Test
    void withoutAStackNothingIsOffered() throws IOException {
        assertThat(settings.ofRunningStack()).isEmpty();
    }

    @Test
    void whatAStackDecidesIsTakenOutOfTheEnvironment() {
        assertThat(StackSettings.withoutOwn(
                        Map.of("SINK_PORT", "1", "SINK_OWNER_URL_FILE", "/x", "SINK_GROUP", "mine", "PATH", "/bin")))
                .containsOnlyKeys("SINK_GROUP", "PATH");
    }

    /** Without what is empty, which counts as absent. */
    private static Map<String, String> present(Map<String, String> variables) {
        Map<String, String> present = new HashMap<>(variables);
        present.values().removeIf(String::isEmpty);
        return present;
    }
}

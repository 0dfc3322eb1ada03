package dev.millrace.compose.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                .containsOnlyKeys(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        "PRIMARY_URL",
                        "REPLICA_URL",
                        "PRIMARY_PSQL",
                        "REPLICA_PSQL",
                        "QUERY_API_URL",
                        "SINK_URL")
                .containsEntry("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:10092")
                .containsEntry("QUERY_API_URL", "http://127.0.0.1:9080");
    }

    @Test
    void eachServiceGetsItsOwnLoginAndNoOther() throws IOException {
        assertThat(settings.ofSink(PORTS))
                .containsOnlyKeys("KAFKA_BOOTSTRAP_SERVERS", "SINK_WRITER_URL", "SINK_OWNER_URL", "SINK_PORT")
                .containsEntry("SINK_PORT", "9082");
        assertThat(settings.ofQueryApi(PORTS))
                .containsOnlyKeys("QUERY_API_READER_URL", "QUERY_API_PORT")
                .containsEntry(
                        "QUERY_API_READER_URL",
                        "jdbc:postgresql://127.0.0.1:6434/millrace?user=millrace_reader&password="
                                + secrets.password(Role.READER));
    }

    @Test
    void environmentWinsOverTheRunningStackWhichFillsTheRest() throws IOException {
        // Given
        new EnvironmentFile(directory.environment()).write(settings.ofStack(PORTS));
        Map<String, String> environment =
                Map.of("KAFKA_BOOTSTRAP_SERVERS", "elsewhere:9092", "SINK_OWNER_URL", "", "OTHER", "kept");
        // When
        Map<String, String> completed = settings.completeForSink(environment);
        // Then
        assertThat(completed)
                .containsOnlyKeys("KAFKA_BOOTSTRAP_SERVERS", "SINK_OWNER_URL", "SINK_WRITER_URL", "OTHER")
                .containsEntry("KAFKA_BOOTSTRAP_SERVERS", "elsewhere:9092")
                .containsEntry("SINK_OWNER_URL", settings.ofStack(PORTS).get("PRIMARY_URL"))
                .containsEntry("OTHER", "kept");
        assertThat(completed.get("SINK_WRITER_URL")).contains("127.0.0.1:6433", "user=millrace_writer");
    }

    @Test
    void completeEnvironmentNeedsNoStack() throws IOException {
        Map<String, String> environment = Map.of("QUERY_API_READER_URL", "jdbc:postgresql://db/m");
        assertThat(settings.completeForQueryApi(environment)).isEqualTo(environment);
    }

    @Test
    void withoutAStackTheMissingNamesAreToldAsUnavailable() {
        assertThatThrownBy(() -> settings.completeForSink(Map.of("KAFKA_BOOTSTRAP_SERVERS", "k:9092")))
                .hasMessageContaining("SINK_WRITER_URL, SINK_OWNER_URL")
                .hasMessageNotContaining("KAFKA_BOOTSTRAP_SERVERS")
                .isInstanceOfSatisfying(
                        StackException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(StackException.Kind.UNAVAILABLE));
    }
}

package dev.millrace.compose.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariablesTest {
    private static final String URL = "jdbc:postgresql://db/m?password=hunter2";

    @TempDir
    private Path directory;

    @Test
    void fileStandsForItsContentWithoutTheLineEnd() throws IOException {
        // Given
        String writer = write("writer", URL + "\n");
        String jaas = write("jaas", "first line\r\nlast line\r\n");
        // When
        Variables variables =
                new Variables(Map.of("SINK_WRITER_URL_FILE", writer, "KAFKA_SASL_JAAS_CONFIG_FILE", jaas));
        // Then
        assertThat(variables.values()).containsEntry("SINK_WRITER_URL", URL);
        assertThat(variables.kafka()).containsEntry("kafka.sasl.jaas.config", "first line\r\nlast line");
        assertThat(variables.problems()).isEmpty();
        assertThat(variables.warnings(Set.of())).isEmpty();
        assertThat(variables.nameFor(Scope.settings(Set.of(Scope.SINK)).stream()
                        .filter(setting -> setting.key().equals("sink.writer-url"))
                        .findFirst()
                        .orElseThrow()))
                .isEqualTo("SINK_WRITER_URL_FILE");
    }

    @Test
    void bothAValueAndAFileIsAContradiction() throws IOException {
        // Given
        String writer = write("writer", URL);
        // When
        Variables variables = new Variables(Map.of("SINK_WRITER_URL", URL, "SINK_WRITER_URL_FILE", writer));
        // Then
        assertThat(variables.problems().get("sink.writer-url"))
                .contains("SINK_WRITER_URL and SINK_WRITER_URL_FILE are both set")
                .doesNotContain("hunter2");
    }

    @Test
    void fileThatGivesNothingIsNamed() throws IOException {
        // Given
        String empty = write("empty", "\n");
        String missing = directory.resolve("missing").toString();
        // When
        Variables variables = new Variables(Map.of(
                "SINK_WRITER_URL_FILE", missing,
                "SINK_OWNER_URL_FILE", empty,
                "KAFKA_SSL_KEY_PASSWORD_FILE", directory.toString()));
        // Then
        assertThat(variables.problems().get("sink.writer-url"))
                .contains("SINK_WRITER_URL_FILE", missing, "no such file");
        assertThat(variables.problems().get("sink.owner-url")).contains("SINK_OWNER_URL_FILE", empty, "is empty");
        assertThat(variables.problems().get("kafka.ssl.key.password")).contains("KAFKA_SSL_KEY_PASSWORD_FILE");
        assertThat(variables.values()).isEmpty();
        assertThat(variables.kafka()).isEmpty();
    }

    @Test
    void propertyOfKafkaThatEndsInFileIsThatProperty() {
        // Given
        String variable = "KAFKA_SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_FILE";
        // When
        Variables variables = new Variables(Map.of(variable, "/keys/private.pem"));
        // Then
        assertThat(variables.kafka())
                .containsEntry("kafka.sasl.oauthbearer.assertion.private.key.file", "/keys/private.pem");
    }

    @Test
    void whatIsNotOursIsLeftAlone() {
        // When
        Variables variables = new Variables(Map.of("OTHER_FILE", "/nowhere", "OTHER", "x", "SINK_URL", "http://x"));
        // Then
        assertThat(variables.values()).isEmpty();
        assertThat(variables.problems()).isEmpty();
        assertThat(variables.warnings(Set.of("SINK_URL"))).isEmpty();
    }

    private String write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }
}

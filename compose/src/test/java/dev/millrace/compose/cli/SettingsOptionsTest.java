package dev.millrace.compose.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.compose.stack.StackException;
import dev.millrace.compose.stack.StackException.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;

class SettingsOptionsTest {
    private final StringWriter err = new StringWriter();
    private final CommandSpec up = MillraceCommand.commandLine()
            .setErr(new PrintWriter(err, true))
            .getSubcommands()
            .get("up")
            .getCommandSpec();

    @Test
    void newStackRefusesWhatItsServicesCouldNotStartWith() {
        // Given
        Map<String, String> environment =
                Map.of("SINK_BATCH_MAX_ROWS", "many", "QUERY_API_POOL_SIZE", "41", "KAFKA_ENABLE_AUTO_COMMIT", "true");
        // When
        Throwable thrown = catchThrowable(() -> SettingsOptions.requireGoodEnvironment(up, environment));
        // Then
        assertThat(thrown)
                .hasMessageContainingAll("3 things", "SINK_BATCH_MAX_ROWS", "QUERY_API_POOL_SIZE", "enable.auto.commit")
                .isInstanceOfSatisfying(
                        StackException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.USAGE));
    }

    @Test
    void newStackTakesNoNoticeOfWhatItDecidesItself() {
        // Given
        Map<String, String> environment = Map.of(
                "SINK_PORT", "tcp://10.0.0.1:80",
                "SINK_WRITER_URL_FILE", "/nowhere",
                "KAFKA_SECURITY_PROTOCOL", "none",
                "SINK_PROT", "1",
                "SINK_URL", "http://127.0.0.1:1");
        // When
        SettingsOptions.requireGoodEnvironment(up, environment);
        // Then
        assertThat(err.toString().lines())
                .containsExactly("millrace: warning: SINK_PROT is no setting; did you mean SINK_PORT?");
    }

    @Test
    void whoAsksItsOwnStackWithoutAKeyWantsNoneToBeAsked(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "keys");
        for (String name : List.of("QUERY_API_API_KEYS_FILE", "QUERY_API_API_KEYS_FILE_FILE")) {
            // Given
            Map<String, String> environment = Map.of(name, file.toString());
            // When
            Throwable thrown = catchThrowable(() -> SettingsOptions.requireGoodEnvironmentWithoutKeys(up, environment));
            // Then
            assertThat(thrown)
                    .hasMessageContaining(name + " is set")
                    .isInstanceOfSatisfying(
                            StackException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.USAGE));
        }
    }

    @Test
    void anEmptyNameOfAFileIsNone() {
        assertThatCode(() ->
                        SettingsOptions.requireGoodEnvironmentWithoutKeys(up, Map.of("QUERY_API_API_KEYS_FILE", "")))
                .doesNotThrowAnyException();
    }
}

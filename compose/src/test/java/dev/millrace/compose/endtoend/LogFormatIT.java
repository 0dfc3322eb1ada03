package dev.millrace.compose.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the distribution writes on stderr, in a process of its own. */
class LogFormatIT {
    private static final Map<String, String> NOWHERE = Map.of("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");

    @TempDir
    static Path directory;

    private static Run json;
    private static Run text;

    /** Both wait for Kafka as long as a person would, so they do it at the same time. */
    @BeforeAll
    static void publishToNowhere() throws Exception {
        Path file = Files.writeString(directory.resolve("one.ndjson"), "{}");
        json = Run.begin(NOWHERE, "json", "publish", file.toString());
        text = Run.begin(NOWHERE, "", "publish", file.toString());
    }

    @Test
    void jsonIsAskedForAndEveryLineOnStderrIsJson() throws Exception {
        // When
        Result result = json.end();
        // Then
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.out()).isEmpty();
        List<JsonNode> lines = result.err().stream().map(Events::parse).toList();
        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line.get("timestamp").textValue()).endsWith("Z"));
        // Kafka's own warnings, and the command's last word.
        assertThat(lines)
                .anySatisfy(line -> assertThat(line.get("logger").textValue()).startsWith("org.apache.kafka"));
        assertThat(lines.get(lines.size() - 1).get("level").textValue()).isEqualTo("ERROR");
    }

    @Test
    void textIsTheDefaultAndHasNoColourInAFile() throws Exception {
        // When
        Result result = text.end();
        // Then
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .noneMatch(line -> line.contains("\033"))
                .allSatisfy(line -> assertThat(line)
                        .matches("millrace: .*|20\\d\\d-\\d\\d-\\d\\dT[0-9:.]+Z (WARN |ERROR|INFO ) \\[.*] \\w+: .*"));
    }

    @Test
    void unknownFormatIsWrongUsage() throws Exception {
        // When
        Result result = Run.begin(Map.of(), "xml", "migrate").end();
        // Then
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).containsExactly("millrace: LOG_FORMAT=xml is not one of text, json");
    }

    /** A command that runs. */
    private record Run(Process process, Path out, Path err) {
        static Run begin(Map<String, String> environment, String logFormat, String... arguments) throws IOException {
            Path out = Files.createTempFile(directory, "out", "");
            Path err = Files.createTempFile(directory, "err", "");
            ProcessBuilder builder = new ProcessBuilder(RunningMillrace.shortCommandLine(arguments))
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            builder.environment().put("LOG_FORMAT", logFormat);
            builder.environment().remove("LOG_LEVEL");
            return new Run(builder.start(), out, err);
        }

        Result end() throws IOException, InterruptedException {
            int exitCode = process.waitFor();
            return new Result(exitCode, Files.readAllLines(out), Files.readAllLines(err));
        }
    }

    private record Result(int exitCode, List<String> out, List<String> err) {}
}

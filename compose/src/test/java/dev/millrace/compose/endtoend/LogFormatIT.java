package dev.millrace.compose.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the distribution writes on stderr, in a process of its own. */
class LogFormatIT {
    private static final Map<String, String> NOWHERE = Map.of("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");

    @TempDir
    Path directory;

    @Test
    void jsonIsAskedForAndEveryLineOnStderrIsJson() throws Exception {
        // Given
        Path file = Files.writeString(directory.resolve("one.ndjson"), "{}");
        // When
        Result result = run(NOWHERE, "json", "publish", file.toString());
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
        // Given
        Path file = Files.writeString(directory.resolve("one.ndjson"), "{}");
        // When
        Result result = run(NOWHERE, "", "publish", file.toString());
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
        Result result = run(Map.of(), "xml", "migrate");
        // Then
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).containsExactly("millrace: LOG_FORMAT=xml is not one of text, json");
    }

    private Result run(Map<String, String> environment, String logFormat, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of(System.getProperty("millrace.distribution"), "lib", "*").toString(),
                "dev.millrace.compose.cli.MillraceCommand"));
        command.addAll(List.of(arguments));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("LOG_FORMAT", logFormat);
        builder.environment().remove("LOG_LEVEL");
        int exitCode = builder.start().waitFor();
        return new Result(exitCode, Files.readAllLines(out), Files.readAllLines(err));
    }

    private record Result(int exitCode, List<String> out, List<String> err) {}
}

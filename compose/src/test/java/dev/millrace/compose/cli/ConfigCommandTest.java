package dev.millrace.compose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** In a directory without a stack. */
class ConfigCommandTest {
    private static final String GOOD = """
            kafka.bootstrap.servers=k:9092
            sink.writer-url=jdbc:postgresql://db/m?user=w&password=hunter2
            sink.owner-url=jdbc:postgresql://db/m?user=o&password=hunter2
            query-api.reader-url=jdbc:postgresql://db/m?user=r&password=hunter2
            primary.url=jdbc:postgresql://db/m?user=o&password=hunter2
            """;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine command =
            MillraceCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @BeforeEach
    void writeGoodFile() throws IOException {
        write(GOOD);
    }

    @Test
    void goodSettingsAreGood() {
        assertThat(run("config check")).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void everythingThatIsWrongIsOneMessageAndExitCodeTwo() throws IOException {
        // Given
        write(GOOD + "sink.prot=1\nquery-api.pool-size=41\nkafka.acks=0\n");
        // When
        int exitCode = run("config check --set sink.port=x");
        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString())
                .contains("7 things are wrong", "sink.prot", "query-api.pool-size is '41'", "kafka.acks", "sink.port")
                .doesNotContain("hunter2");
    }

    @Test
    void missingIsWrongOnlyForThoseWhoNeedIt() throws IOException {
        // Given
        write("primary.url=jdbc:postgresql://db/m\n");
        // Then
        assertThat(run("config check migrate")).isZero();
        assertThat(run("config check query-api")).isEqualTo(2);
        assertThat(err.toString()).contains("query-api.reader-url is missing (QUERY_API_READER_URL)");
    }

    @Test
    void printShowsValueOriginAndMeaningAndNoPassword() {
        // When
        int exitCode = run("config print --set sink.host=0.0.0.0");
        // Then
        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .contains("# Address that health and metrics listen on. From: flag.\nsink.host=0.0.0.0\n")
                .contains("From: default.\nquery-api.port=8080\n")
                .contains("From: file " + file() + ".\nprimary.url=jdbc:postgresql://db/m?user=o&password=***\n")
                .doesNotContain("hunter2");
    }

    @Test
    void printForProgramsIsOneJsonValueWithoutPasswords() throws IOException {
        // When
        int exitCode = run("config print query-api --output json");
        // Then
        assertThat(exitCode).isZero();
        assertThat(textsIn(out.toString(), "key"))
                .containsExactly(
                        "query-api.reader-url",
                        "query-api.host",
                        "query-api.port",
                        "query-api.pool-size",
                        "query-api.require-replica",
                        "query-api.max-requests",
                        "query-api.max-exports",
                        "query-api.max-streams",
                        "query-api.api-keys-file");
        assertThat(textsIn(out.toString(), "value")).contains("jdbc:postgresql://db/m?user=r&password=***", "8080");
        assertThat(textsIn(out.toString(), "origin"))
                .containsExactly(
                        "file", "default", "default", "default", "default", "default", "default", "default", "default");
    }

    @Test
    void whatPrintShowsCanBeReadAgain() throws IOException {
        // Given
        assertThat(run("config print query-api --set query-api.port=9")).isZero();
        // When
        write(GOOD.replaceAll("(?m)^query-api.*\n", "") + out.toString().replace("***", "hunter2"));
        // Then
        assertThat(out.toString()).contains("query-api.api-keys-file=\n");
        assertThat(run("config check")).as(err.toString()).isZero();
    }

    @Test
    void keysThatNobodyCouldUseAreNamedAndNotQuoted() throws IOException {
        // Given
        Path keys = directory.resolve("keys");
        String hash = "0123456789abcdef".repeat(4);
        Files.writeString(keys, "# comment\nshop read " + hash + "\nshop reed " + hash + "\nlab read mr_secret\n");
        write(GOOD + "query-api.api-keys-file=" + keys + "\nsink.port=x\n");
        // When
        int exitCode = run("config check");
        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "2 things are wrong",
                        "query-api.api-keys-file: " + keys + ": line 3 has a scope that is none",
                        "line 4 seems to hold a key itself",
                        "sink.port")
                .doesNotContain("mr_secret", hash);
    }

    @Test
    void keysThatAreNotThereAreMissedByWhoeverNeedsThem() throws IOException {
        // Given
        Path keys = directory.resolve("keys");
        write(GOOD + "query-api.api-keys-file=" + keys + "\n");
        // When
        int exitCode = run("config check query-api");
        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("query-api.api-keys-file: " + keys + " is not there");
        assertThat(run("config check sink")).isZero();
        assertThat(command.execute("config", "api-key", "shop", "--scopes", "read", "--append", keys.toString()))
                .isZero();
        assertThat(run("config check query-api")).as(err.toString()).isZero();
    }

    @Test
    void anOpenQueryApiOnAnAddressOfOthersIsWrong() {
        // When
        int exitCode = run("config check --set query-api.host=0.0.0.0");
        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("query-api.host is '0.0.0.0'", "no API keys");
    }

    @Test
    void serviceRefusesBadSettingsBeforeItConnects() {
        // When
        int exitCode = run("sink --port many --set sink.writer-url=jdbc:postgresql://db/m?password=hunter2");
        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString())
                .contains("sink.port is 'many'", "must not stand on a command line", "SINK_WRITER_URL_FILE")
                .doesNotContain("hunter2");
    }

    @Test
    void serviceThatMissesAnAddressSaysWhereOneComesFrom() throws IOException {
        // Given
        write("");
        // When
        int exitCode = run("query-api");
        // Then
        assertThat(exitCode).isEqualTo(4);
        assertThat(err.toString()).contains("no stack is ready in " + directory, "QUERY_API_READER_URL");
    }

    private Path file() {
        return directory.resolve("millrace.properties");
    }

    private void write(String content) throws IOException {
        Files.writeString(file(), content);
    }

    private int run(String line) {
        List<String> arguments = new ArrayList<>(List.of(line.split(" ")));
        arguments.addAll(List.of("--data", directory.toString(), "--config", file().toString()));
        return command.execute(arguments.toArray(String[]::new));
    }

    private static List<String> textsIn(String json, String field) throws IOException {
        List<String> texts = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                if (field.equals(parser.currentName()) && parser.currentToken().isScalarValue()) {
                    texts.add(parser.getText());
                }
            }
        }
        return texts;
    }
}

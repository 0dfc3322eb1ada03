package dev.millrace.compose.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final String WITH_PASSWORD = "jdbc:postgresql://db/m?user=w&password=hunter2";

    @TempDir
    private Path directory;

    private final Map<String, String> flags = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> stack = new HashMap<>();
    private final StringBuilder file = new StringBuilder();

    @Test
    void eachLevelWinsOverThoseBelow() throws IOException {
        assertThat(port()).hasToString("sink.port=8082 (default)");
        file.append("sink.port=1\n");
        assertThat(port()).hasToString("sink.port=1 (file " + directory.resolve("config") + ")");
        stack.put("SINK_PORT", "2");
        assertThat(port()).hasToString("sink.port=2 (stack DIR/env)");
        environment.put("SINK_PORT", "3");
        assertThat(port()).hasToString("sink.port=3 (environment SINK_PORT)");
        flags.put("sink.port", "4");
        assertThat(port()).hasToString("sink.port=4 (flag)");
    }

    @Test
    void propertiesOfKafkaFollowTheSameOrder() throws IOException {
        // Given
        file.append("kafka.client.id=file\nkafka.linger.ms=1\nkafka.fetch.min.bytes=1\n");
        stack.put("KAFKA_BOOTSTRAP_SERVERS", "stack:1");
        environment.put("KAFKA_CLIENT_ID", "environment");
        environment.put("KAFKA_LINGER_MS", "2");
        flags.put("kafka.linger.ms", "3");
        // When
        Map<String, String> properties = read().kafkaProperties();
        // Then
        assertThat(properties)
                .containsOnly(
                        Map.entry("bootstrap.servers", "stack:1"),
                        Map.entry("client.id", "environment"),
                        Map.entry("linger.ms", "3"),
                        Map.entry("fetch.min.bytes", "1"));
    }

    @Test
    void variableWithoutAValueCountsAsAbsent() throws IOException {
        // Given
        environment.put("SINK_PORT", "");
        stack.put("SINK_PORT", "2");
        // When
        EffectiveSetting port = port();
        // Then
        assertThat(port.value()).isEqualTo("2");
    }

    @Test
    void unknownKeyIsAProblemInFlagsAndFileAndAWarningInTheEnvironment() throws IOException {
        // Given
        flags.put("sink.prot", "1");
        file.append("query-api.pool.size=1\nkafka.securty.protocol=SSL\n");
        environment.putAll(Map.of("SINK_HOTS", "h", "QUERY_API_PROT", "1", "SINK_URL", "http://x", "PATH", "/bin"));
        // When
        Settings settings = read();
        // Then
        assertThat(settings.problems(List.of()))
                .anySatisfy(each -> assertThat(each).contains("'sink.prot' (flag)", "did you mean sink.port?"))
                .anySatisfy(each -> assertThat(each).contains("query-api.pool.size", "query-api.pool-size?"))
                .anySatisfy(each -> assertThat(each).contains("kafka.securty.protocol", "kafka.security.protocol?"))
                .hasSize(3);
        assertThat(settings.warnings())
                .containsExactly(
                        "QUERY_API_PROT is no setting; did you mean QUERY_API_PORT?",
                        "SINK_HOTS is no setting; did you mean SINK_HOST?");
    }

    @Test
    void variableThatKafkaDoesNotKnowIsPassedOnWithAWarning() throws IOException {
        // Given
        environment.put("KAFKA_PLUG___IN_TOKEN", "t");
        // When
        Settings settings = read();
        // Then
        assertThat(settings.kafkaProperties()).containsEntry("plug-in.token", "t");
        assertThat(settings.warnings()).singleElement().asString().startsWith("KAFKA_PLUG___IN_TOKEN is passed on");
    }

    @Test
    void badValuesOfAllSourcesAreNamedTogetherWithTheirPlaces() throws IOException {
        // Given
        flags.put("sink.batch.max-rows", "many");
        environment.put("SINK_PORT", "80820");
        environment.put("SINK_WRITER_URL", "postgres://w:hunter2@db/m");
        environment.put("KAFKA_FETCH_MIN_BYTES", "abc");
        file.append("sink.host=\nsink.batch.max-bytes=0\n");
        // When
        List<String> problems = read().problems(List.of(Scope.SINK));
        // Then
        assertThat(problems)
                .hasSize(6)
                .anySatisfy(each -> assertThat(each).contains("sink.batch.max-rows is 'many'", "(flag)"))
                .anySatisfy(each -> assertThat(each).contains("sink.port is '80820'", "(environment SINK_PORT)"))
                .anySatisfy(each -> assertThat(each).contains("sink.writer-url is not a JDBC address"))
                .anySatisfy(each -> assertThat(each).contains("kafka.fetch.min.bytes", "KAFKA_FETCH_MIN_BYTES"))
                .anySatisfy(each -> assertThat(each).contains("sink.host is empty", "(file "))
                .anySatisfy(each -> assertThat(each).contains("sink.batch.max-bytes is '0'"))
                .noneSatisfy(each -> assertThat(each).contains("hunter2"));
    }

    @Test
    void badValueOfAnotherServiceIsNotOurs() throws IOException {
        // Given
        environment.putAll(Map.of("QUERY_API_PORT", "x", "QUERY_API_READER_URL_FILE", "/nowhere"));
        // When
        Settings settings = read();
        // Then
        assertThat(settings.problems(List.of(Scope.SINK, Scope.PUBLISH))).isEmpty();
        assertThat(settings.problems(List.of(Scope.QUERY_API))).hasSize(2);
    }

    @Test
    void whatNobodySaysIsMissing() throws IOException {
        // Given
        environment.put("SINK_WRITER_URL", WITH_PASSWORD);
        // When
        Settings settings = read();
        // Then
        assertThat(settings.missing(List.of(Scope.SINK)))
                .extracting(Setting::key)
                .containsExactly("kafka.bootstrap.servers", "sink.owner-url");
        assertThat(settings.problems(List.of(Scope.SINK))).isEmpty();
    }

    @Test
    void guaranteesCannotBeConfiguredAway() throws IOException {
        // Given
        environment.put("KAFKA_ENABLE_AUTO_COMMIT", "true");
        flags.put("kafka.acks", "1");
        // When
        Settings settings = read();
        // Then
        assertThat(settings.problems(List.of(Scope.SINK)))
                .containsExactly(
                        "kafka.acks is not to be set for sink, whose promises rest on it (flag)",
                        "kafka.enable.auto.commit is not to be set for sink, whose promises rest on it"
                                + " (environment KAFKA_ENABLE_AUTO_COMMIT)");
        assertThat(settings.problems(List.of(Scope.PUBLISH)))
                .containsExactly("kafka.acks is not to be set for publish, whose promises rest on it (flag)");
    }

    @Test
    void passwordIsRefusedAsAFlagAndTakenFromEverywhereElse() throws IOException {
        // Given
        flags.put("sink.writer-url", WITH_PASSWORD);
        flags.put("kafka.ssl.key.password", "hunter2");
        flags.put("primary.url", "jdbc:postgresql://db/m?user=w");
        file.append("sink.owner-url=" + WITH_PASSWORD + "\n");
        environment.put("KAFKA_SASL_JAAS_CONFIG", "hunter2");
        // When
        List<String> problems = read().problems(List.of(Scope.values()));
        // Then
        assertThat(problems)
                .hasSize(2)
                .anySatisfy(each -> assertThat(each).contains("SINK_WRITER_URL_FILE"))
                .anySatisfy(each -> assertThat(each).contains("KAFKA_SSL_KEY_PASSWORD"))
                .noneSatisfy(each -> assertThat(each).contains("hunter2"));
    }

    @Test
    void nothingThatIsShownHoldsAPassword() throws IOException {
        // Given
        environment.put("SINK_WRITER_URL", WITH_PASSWORD);
        environment.put("KAFKA_SASL_JAAS_CONFIG", "hunter2");
        environment.put("SINK_GROUP", "password=hunter2");
        // When
        List<EffectiveSetting> shown = read().effective(List.of(Scope.values()));
        // Then
        assertThat(shown)
                .noneMatch(each -> each.shown().contains("hunter2"))
                .noneMatch(each -> each.toString().contains("hunter2"))
                .anyMatch(each -> each.shown().equals("jdbc:postgresql://db/m?user=w&password=***"));
    }

    @Test
    void dollarsInAValueAreDollars() throws IOException {
        // Given
        environment.put("SINK_GROUP", "a${sink.host}$b");
        // When
        Map<String, String> values = read().values();
        // Then
        assertThat(values).containsEntry("sink.group", "a${sink.host}$b");
    }

    @Test
    void fileThatCannotBeReadIsAProblem() {
        // Given
        SettingsSources sources = sources(Optional.of(directory.resolve("none")));
        // When
        List<String> problems = Settings.read(sources).problems(List.of());
        // Then
        assertThat(problems)
                .singleElement()
                .asString()
                .contains(directory.resolve("none").toString(), "no such file");
    }

    private EffectiveSetting port() throws IOException {
        return read().effective(List.of(Scope.SINK)).stream()
                .filter(each -> each.setting().key().equals("sink.port"))
                .findFirst()
                .orElseThrow();
    }

    private Settings read() throws IOException {
        Path config = Files.writeString(directory.resolve("config"), file);
        return Settings.read(sources(Optional.of(config)));
    }

    private SettingsSources sources(Optional<Path> config) {
        return new SettingsSources(flags, environment, stack, "DIR/env", Set.of("SINK_URL"), config);
    }
}

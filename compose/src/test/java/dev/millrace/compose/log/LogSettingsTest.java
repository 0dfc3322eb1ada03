package dev.millrace.compose.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LogSettingsTest {
    @Test
    void withoutEnvironmentLogsAreTextFromInfoUp() {
        assertThat(LogSettings.from(Map.of())).isEqualTo(new LogSettings("text", "INFO"));
        assertThat(LogSettings.from(Map.of("LOG_FORMAT", "", "LOG_LEVEL", ""))).isEqualTo(LogSettings.from(Map.of()));
        assertThat(LogSettings.problems(Map.of("LOG_FORMAT", ""))).isEmpty();
    }

    @Test
    void bothAreReadInEitherCase() {
        // When
        LogSettings settings = LogSettings.from(Map.of("LOG_FORMAT", "JSON", "LOG_LEVEL", "debug"));
        // Then
        assertThat(settings).isEqualTo(new LogSettings("json", "DEBUG"));
        assertThat(settings.isJson()).isTrue();
    }

    @Test
    void everyBadValueIsNamedAndLoggingGoesOn() {
        // Given
        Map<String, String> environment = Map.of("LOG_FORMAT", "xml", "LOG_LEVEL", "loud");
        // When
        var problems = LogSettings.problems(environment);
        // Then
        assertThat(problems)
                .satisfiesExactly(
                        problem ->
                                assertThat(problem).startsWith("LOG_FORMAT=xml").contains("text, json"),
                        problem ->
                                assertThat(problem).startsWith("LOG_LEVEL=loud").contains("debug"));
        assertThat(LogSettings.from(environment)).isEqualTo(LogSettings.from(Map.of()));
    }
}

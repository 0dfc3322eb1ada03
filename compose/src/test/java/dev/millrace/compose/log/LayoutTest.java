package dev.millrace.compose.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static final Instant TIME = Instant.parse("2026-11-22T10:00:00.5Z");
    private static final String MESSAGE = "batch not written: partition={} path={} {}";

    private final TextLayout text = new TextLayout();
    private final JsonLayout json = new JsonLayout();

    @Test
    void textIsOneLineInUtcWithTheClassThatSpeaks() {
        // When
        String line = text.doLayout(event(Level.INFO, null, 3, "copy", "rows"));
        // Then
        assertThat(line)
                .isEqualTo("2026-11-22T10:00:00.500Z INFO  [sink-0] Writer: "
                        + "batch not written: partition=3 path=copy rows" + System.lineSeparator());
    }

    @Test
    void textStaysOneLineWhateverAMessageOrACauseSays() {
        // Given
        Exception failure = new IllegalStateException("no row", new RuntimeException("ERROR: x\n  Detail: y"));
        // When
        String line = text.doLayout(event(Level.WARN, failure, 3, "a\n  b\u001b[2J", ""));
        // Then
        assertThat(line.lines()).hasSize(1);
        assertThat(line)
                .contains("path=a | b?[2J")
                .contains("IllegalStateException: no row caused by java.lang.RuntimeException: ERROR: x | Detail: y");
    }

    @Test
    void errorBringsItsStackTrace() {
        // When
        String line = text.doLayout(event(Level.ERROR, new IllegalStateException("no row"), 3, "copy", ""));
        // Then
        assertThat(line).contains("IllegalStateException: no row", "at " + LayoutTest.class.getName());
    }

    @Test
    void onlyTheLevelIsColoured() {
        // Given
        text.setColoured(true);
        // When
        String line = text.doLayout(event(Level.WARN, null, 3, "copy", "rows"));
        // Then
        assertThat(line).contains("Z \u001b[33mWARN \u001b[0m [sink-0]");
    }

    @Test
    void jsonIsOneLineWithStackTraceAndNamedValues() throws Exception {
        // When
        String line = json.doLayout(event(Level.ERROR, new IllegalStateException("no\nrow"), 3, "a\nb", "rows"));
        // Then
        assertThat(line.lines()).hasSize(1);
        JsonNode event = new ObjectMapper().readTree(line);
        assertThat(event.get("timestamp").textValue()).isEqualTo("2026-11-22T10:00:00.500Z");
        assertThat(event.get("level").textValue()).isEqualTo("ERROR");
        assertThat(event.get("logger").textValue()).isEqualTo("dev.millrace.sink.Writer");
        assertThat(event.get("thread").textValue()).isEqualTo("sink-0");
        assertThat(event.get("message").textValue()).isEqualTo("batch not written: partition=3 path=a\nb rows");
        assertThat(event.get("fields").toString()).isEqualTo("{\"partition\":3,\"path\":\"a\\nb\"}");
        assertThat(event.get("exception").textValue()).endsWith("IllegalStateException: no\nrow");
        assertThat(event.get("stack_trace").textValue()).contains("at " + LayoutTest.class.getName());
    }

    @Test
    void jsonHasWhatWasAddedBesideTheMessage() throws Exception {
        // Given
        LoggingEvent event = event(Level.INFO, null);
        event.addKeyValuePair(new org.slf4j.event.KeyValuePair("rows", 7L));
        // When
        JsonNode line = new ObjectMapper().readTree(json.doLayout(event));
        // Then
        assertThat(line.get("fields").toString()).isEqualTo("{\"rows\":7}");
        assertThat(line.has("exception")).isFalse();
    }

    private static LoggingEvent event(Level level, @Nullable Throwable failure, Object... arguments) {
        Logger logger = new LoggerContext().getLogger("dev.millrace.sink.Writer");
        LoggingEvent event = new LoggingEvent("", logger, level, MESSAGE, failure, arguments);
        event.setThreadName("sink-0");
        event.setInstant(TIME);
        return event;
    }
}

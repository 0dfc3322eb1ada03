package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.sink.batch.BatchLimits;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SinkSettingsTest {
    private static final Map<String, String> NEEDED = Map.of(
            "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092",
            "SINK_WRITER_URL", "jdbc:postgresql://127.0.0.1/millrace?user=w",
            "SINK_OWNER_URL", "jdbc:postgresql://127.0.0.1/millrace?user=o");

    @Test
    void defaultsFillWhatIsNotSaid() {
        // When
        SinkSettings settings = SinkSettings.from(NEEDED);
        // Then
        assertThat(settings)
                .isEqualTo(new SinkSettings(
                        "127.0.0.1:9092",
                        "jdbc:postgresql://127.0.0.1/millrace?user=w",
                        "jdbc:postgresql://127.0.0.1/millrace?user=o",
                        "millrace-sink",
                        "127.0.0.1",
                        8082,
                        BatchLimits.DEFAULT));
    }

    @Test
    void everyKeyIsRead() {
        // Given
        Map<String, String> environment = new HashMap<>(NEEDED);
        environment.put("SINK_GROUP", "other");
        environment.put("SINK_HOST", "0.0.0.0");
        environment.put("SINK_PORT", "0");
        environment.put("SINK_BATCH_MAX_ROWS", "7");
        environment.put("SINK_BATCH_MAX_BYTES", "4096");
        // When
        SinkSettings settings = SinkSettings.from(environment);
        // Then
        assertThat(settings.group()).isEqualTo("other");
        assertThat(settings.host()).isEqualTo("0.0.0.0");
        assertThat(settings.port()).isZero();
        assertThat(settings.limits()).isEqualTo(new BatchLimits(7, 4096));
    }

    @Test
    void everyBadValueIsNamedInOneMessageAndNoPasswordIs() {
        // When
        Throwable thrown = catchThrowable(() -> SinkSettings.from(Map.of(
                "SINK_WRITER_URL", "postgres://w:secret@host/db",
                "SINK_PORT", "80820",
                "SINK_BATCH_MAX_ROWS", "many")));
        // Then
        assertThat(thrown)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("KAFKA_BOOTSTRAP_SERVERS is missing")
                .hasMessageContaining("SINK_WRITER_URL is not a JDBC address")
                .hasMessageContaining("SINK_OWNER_URL is missing")
                .hasMessageContaining("SINK_PORT is '80820'")
                .hasMessageContaining("SINK_BATCH_MAX_ROWS is 'many'")
                .hasMessageNotContaining("secret");
    }
}

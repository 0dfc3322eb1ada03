package dev.millrace.compose.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SinkStallsTest {
    @Test
    void countersAreFoundByTheirCause() throws IOException {
        // Given
        String metrics = """
                # TYPE sink_stalls_total counter
                sink_stalls_total{cause="cpu"} 0.0
                sink_stalls_total{cause="pending_list"} 3.0
                sink_stalls_total{cause="wal"} 1.2E7
                sink_rows_total{outcome="stored"} 5.0
                """;
        // Then
        assertThat(SinkStalls.parse(metrics)).isEqualTo(Map.of("cpu", 0.0, "pending_list", 3.0, "wal", 1.2e7));
    }

    @Test
    void answerWithoutThemIsAFailure() {
        assertThatThrownBy(() -> SinkStalls.parse("sink_rows_total 5.0\n")).isInstanceOf(IOException.class);
    }
}

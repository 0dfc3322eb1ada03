package dev.millrace.compose.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.compose.console.JsonLine;
import dev.millrace.ingest.library.EventIds;
import dev.millrace.ingest.load.Latency;
import dev.millrace.ingest.load.LoadReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FreshnessReportTest {
    private static final LoadReport LOAD =
            new LoadReport(2_000, 0, Duration.ofSeconds(4), Duration.ofMillis(7), new Latency(1.5, 2, 3, 4));
    private static final FreshnessRun RUN = new FreshnessRun(
            500, LOAD, new Latency(5, 9.25, 30, 31), Map.of("sink", 1.0), Map.of("wal", 2.0, "cpu", 0.0));

    private static final FreshnessSettings SETTINGS = new FreshnessSettings(
            Path.of("data"), List.of(500), Duration.ofMillis(4_500), Long.MAX_VALUE, EventIds.RANDOM, 1);

    private static final StackVariant VARIANT =
            new StackVariant(Map.of("SINK_A", "2"), List.of("-Xmx1g"), Map.of("work_mem", "8MB"));

    private final FreshnessReport report = new FreshnessReport(SETTINGS, VARIANT, List.of(RUN));

    @Test
    void jsonHasAContenderPerRate() {
        // When
        String json = JsonLine.of(report.members());
        // Then
        assertThat(json)
                .isEqualTo("{\"scenario\":\"freshness\",\"ids\":\"random\",\"duration_seconds\":4.5,"
                        + "\"sink_settings\":{\"SINK_A\":\"2\"},\"sink_jvm\":[\"-Xmx1g\"],"
                        + "\"postgres_settings\":{\"work_mem\":\"8MB\"},\"contenders\":["
                        + "{\"name\":\"500/s\",\"events\":2000,\"events_per_second\":500,"
                        + "\"latency_ms\":{\"p50\":5,\"p99\":9.25,\"p999\":30,\"max\":31},"
                        + "\"publish_latency_ms\":{\"p50\":1.5,\"p99\":2,\"p999\":3,\"max\":4},\"behind_ms\":7,"
                        + "\"cpu_seconds\":{\"sink\":1},\"cpu_us_per_event\":{\"sink\":500},"
                        + "\"stalls\":{\"wal\":2}}]}");
    }

    @Test
    void tableHasALinePerRate() {
        // When
        List<String> lines = report.text().lines().toList();
        // Then
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1))
                .containsPattern("500/s +2000 +5.0 +9.3 +30.0 +31.0 +1.5 +2.0 +7.0 +sink=1.0/500 wal=2$");
    }
}

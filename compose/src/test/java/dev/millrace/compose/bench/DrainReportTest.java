package dev.millrace.compose.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.compose.console.JsonLine;
import dev.millrace.ingest.library.EventIds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class DrainReportTest {
    private static final BenchSettings SETTINGS = new BenchSettings(Path.of("data"), 10_000, 3, 2, EventIds.V7, 1);

    private static final StackVariant VARIANT =
            new StackVariant(sinkSettings(), List.of("-Xmx1g"), Map.of("work_mem", "8MB"));

    @Test
    void ratioIsTheMedianOfTheRatiosOfTheRounds() {
        // Given
        Map<String, List<Run>> runs = new LinkedHashMap<>();
        runs.put("millrace", List.of(run(800), run(450), run(1_000)));
        runs.put("ceiling", List.of(run(1_000), run(500), run(2_000)));
        DrainReport report = new DrainReport(SETTINGS, VARIANT, runs);
        // When
        String json = JsonLine.of(report.members());
        // Then
        assertThat(json)
                .isEqualTo("{\"scenario\":\"drain\",\"ids\":\"v7\",\"workers\":2,"
                        + "\"sink_settings\":{\"SINK_B\":\"1\",\"SINK_A\":\"2\"},\"sink_jvm\":[\"-Xmx1g\"],"
                        + "\"postgres_settings\":{\"work_mem\":\"8MB\"},\"contenders\":["
                        + "{\"name\":\"millrace\",\"events\":10000,"
                        + "\"events_per_second\":{\"median\":800,\"min\":450,\"max\":1000},\"ratio_to_ceiling\":0.8,"
                        + "\"rounds\":[800,450,1000],"
                        + "\"events_per_second_first\":1600,\"events_per_second_last\":400,"
                        + "\"seconds\":{\"median\":12,\"min\":12,\"max\":12},"
                        + "\"cpu_seconds\":{\"primary\":9.5},\"cpu_us_per_event\":{\"primary\":1187.5}},"
                        + "{\"name\":\"ceiling\",\"events\":10000,"
                        + "\"events_per_second\":{\"median\":1000,\"min\":500,\"max\":2000},\"ratio_to_ceiling\":1,"
                        + "\"rounds\":[1000,500,2000],"
                        + "\"events_per_second_first\":2000,\"events_per_second_last\":500,"
                        + "\"seconds\":{\"median\":12,\"min\":12,\"max\":12},"
                        + "\"cpu_seconds\":{\"primary\":9.5},\"cpu_us_per_event\":{\"primary\":950}}]}");
    }

    @Test
    void tablesHaveALinePerContender() {
        // Given
        Map<String, List<Run>> runs = new LinkedHashMap<>();
        runs.put("millrace", List.of(run(800), run(900)));
        runs.put("ceiling", List.of(run(1_000), run(1_000)));
        // When
        List<String> lines =
                new DrainReport(SETTINGS, VARIANT, runs).text().lines().toList();
        // Then
        assertThat(lines).hasSize(7);
        assertThat(lines.get(1)).containsPattern("millrace +850 +800 +900 +0.85 +1700 +425 +0.25");
        assertThat(lines.get(2)).containsPattern("ceiling +1000 +1000 +1000 +1.00 +2000 +500 +0.25");
        assertThat(lines.get(5)).containsPattern("millrace +primary=9.5 \\(1121.5\\)");
        assertThat(lines.get(6)).containsPattern("ceiling +primary=9.5 \\(950.0\\)");
    }

    @Test
    void readersOfAllRoundsAreCountedTogether() {
        // Given
        Map<String, List<Run>> runs = new LinkedHashMap<>();
        runs.put(
                "ceiling",
                List.of(
                        run(1_000).with(readers(List.of(30L, 10L), 1_000, 2_000)),
                        run(1_000).with(readers(List.of(20L), 1_000, 500_000))));
        runs.put("no-index", List.of(run(2_000), run(2_000)));
        DrainReport report = new DrainReport(SETTINGS, VARIANT, runs);
        // When
        String json = JsonLine.of(report.members());
        List<String> lines = report.text().lines().toList();
        // Then
        assertThat(json)
                .containsOnlyOnce("query_ms")
                .containsPattern("\"query_ms\":\\{\"count\":4,\"p50\":1,\"p99\":500(\\.\\d+)?,\"max\":500(\\.\\d+)?}")
                .contains("\"pending_list_bytes\":{\"p50\":20,\"max\":30}");
        assertThat(lines).hasSize(10);
        assertThat(lines.get(9)).containsPattern("ceiling +4 +1.0 +500.\\d +500.\\d +20 +30");
    }

    private static QueryFigures readers(List<Long> pendingListBytes, long... micros) {
        Histogram histogram = new Histogram(3_600_000_000L, 3);
        LongStream.of(micros).forEach(histogram::recordValue);
        return new QueryFigures(histogram, pendingListBytes);
    }

    /** In the order of the command line. */
    private static Map<String, String> sinkSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("SINK_B", "1");
        settings.put("SINK_A", "2");
        return settings;
    }

    private static Run run(int perSecond) {
        return new Run(
                perSecond * 10L,
                Duration.ofSeconds(10),
                Duration.ofSeconds(12),
                new Growth(perSecond * 2.0, perSecond / 2.0),
                Map.of("primary", 9.5),
                null);
    }
}

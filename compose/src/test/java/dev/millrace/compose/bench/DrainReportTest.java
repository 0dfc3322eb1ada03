package dev.millrace.compose.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.compose.console.JsonLine;
import dev.millrace.ingest.library.EventIds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DrainReportTest {
    private static final BenchSettings SETTINGS = new BenchSettings(Path.of("data"), 10_000, 3, 2, EventIds.V7, 1);

    @Test
    void ratioIsTheMedianOfTheRatiosOfTheRounds() {
        // Given
        Map<String, List<Run>> runs = new LinkedHashMap<>();
        runs.put("millrace", List.of(run(800), run(450), run(1_000)));
        runs.put("ceiling", List.of(run(1_000), run(500), run(2_000)));
        DrainReport report = new DrainReport(SETTINGS, runs);
        // When
        String json = JsonLine.of(report.members());
        // Then
        assertThat(json)
                .isEqualTo("{\"scenario\":\"drain\",\"ids\":\"v7\",\"workers\":2,\"contenders\":["
                        + "{\"name\":\"millrace\",\"events\":10000,"
                        + "\"events_per_second\":{\"median\":800,\"min\":450,\"max\":1000},\"ratio_to_ceiling\":0.8,"
                        + "\"rounds\":[800,450,1000],\"seconds\":{\"median\":12,\"min\":12,\"max\":12},"
                        + "\"cpu_seconds\":{\"primary\":9.5}},"
                        + "{\"name\":\"ceiling\",\"events\":10000,"
                        + "\"events_per_second\":{\"median\":1000,\"min\":500,\"max\":2000},\"ratio_to_ceiling\":1,"
                        + "\"rounds\":[1000,500,2000],\"seconds\":{\"median\":12,\"min\":12,\"max\":12},"
                        + "\"cpu_seconds\":{\"primary\":9.5}}]}");
    }

    @Test
    void tableHasALinePerContender() {
        // Given
        Map<String, List<Run>> runs = new LinkedHashMap<>();
        runs.put("millrace", List.of(run(800), run(900)));
        runs.put("ceiling", List.of(run(1_000), run(1_000)));
        // When
        List<String> lines = new DrainReport(SETTINGS, runs).text().lines().toList();
        // Then
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).containsPattern("millrace +850 +800 +900 +0.85 +primary=9.5");
        assertThat(lines.get(2)).containsPattern("ceiling +1000 +1000 +1000 +1.00");
    }

    private static Run run(int perSecond) {
        return new Run(perSecond * 10L, Duration.ofSeconds(10), Duration.ofSeconds(12), Map.of("primary", 9.5));
    }
}

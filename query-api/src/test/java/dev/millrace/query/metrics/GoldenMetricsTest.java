package dev.millrace.query.metrics;

import dev.millrace.schemas.testing.GoldenFile;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Dashboards and alarms name these meters, so a changed name is a broken alarm. */
class GoldenMetricsTest {
    @Test
    void metersHaveTheGoldenNamesAndTags() {
        // Given
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (ApiMetrics metrics = new ApiMetrics(registry)) {
            // When
            metrics.request("GET", "/v1/events", 200, Duration.ofMillis(1));
            metrics.visibleAfter(Duration.ofMillis(1));
            metrics.streams(() -> 1);
            // Then
            String meters = registry.getMeters().stream()
                    .map(Meter::getId)
                    .filter(GoldenMetricsTest::isOurs)
                    .map(GoldenMetricsTest::line)
                    .sorted()
                    .collect(Collectors.joining());
            GoldenFile.named("metrics.txt").assertHolds(meters);
        }
    }

    /** What the JVM reports differs from one garbage collector to the next. */
    private static boolean isOurs(Meter.Id id) {
        return !id.getName().matches("(jvm|process|system)\\..*");
    }

    private static String line(Meter.Id id) {
        return "%s %s %s {%s} %s\n"
                .formatted(
                        id.getName(),
                        id.getType(),
                        id.getBaseUnit() == null ? "-" : id.getBaseUnit(),
                        id.getTags().stream()
                                .map(tag -> tag.getKey() + "=" + tag.getValue())
                                .collect(Collectors.joining(",")),
                        id.getDescription());
    }
}

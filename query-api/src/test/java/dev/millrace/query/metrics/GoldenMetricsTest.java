package dev.millrace.query.metrics;

import dev.millrace.schemas.testing.GoldenMeters;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
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
            GoldenMeters.assertHeldBy(registry);
        }
    }
}

package dev.millrace.ingest.metrics;

import dev.millrace.schemas.testing.GoldenMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** Dashboards and alarms name these meters, so a changed name is a broken alarm. */
class GoldenMetricsTest {
    @Test
    void metersHaveTheGoldenNamesAndTags() {
        // Given
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        // When
        new PublisherMetrics(registry);
        // Then
        GoldenMeters.assertHeldBy(registry);
    }
}

package dev.millrace.sink.metrics;

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
        SinkMetrics metrics = new SinkMetrics(registry);
        metrics.showLag("events.v1", 0, () -> 0, () -> 0);
        UpkeepMetrics.show(registry, () -> 0, () -> 0, () -> true);
        new RejectedEventMetrics(registry);
        // Then
        GoldenMeters.assertHeldBy(registry);
    }
}

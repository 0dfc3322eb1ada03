package dev.millrace.sink.metrics;

import dev.millrace.schemas.testing.GoldenFile;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.stream.Collectors;
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
        String meters = registry.getMeters().stream()
                .map(meter -> line(meter.getId()))
                .sorted()
                .collect(Collectors.joining());
        GoldenFile.named("metrics.txt").assertHolds(meters);
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

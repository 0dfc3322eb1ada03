package dev.millrace.sink.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several workers share one set of meters. */
class WorkersMetersTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final SinkMetrics metrics = new SinkMetrics(registry);

    @Test
    void lagIsThatOfTheWorkerWhichShowedItLastUntilNobodyDoes() {
        // Given
        Runnable old = metrics.showLag("events.v1", 3, () -> 7, () -> 70);
        // When
        Runnable successor = metrics.showLag("events.v1", 3, () -> 8, () -> 80);
        double both = lag("sink.lag.records");
        old.run();
        double one = lag("sink.lag.records");
        double seconds = lag("sink.lag.seconds");
        successor.run();
        // Then
        assertThat(List.of(both, one, seconds)).containsExactly(8.0, 8.0, 80.0);
        assertThat(registry.find("sink.lag.records").meters()).isEmpty();
        assertThat(registry.find("sink.lag.seconds").meters()).isEmpty();
    }

    @Test
    void partitionThatComesBackIsShownAgain() {
        // Given
        Runnable first = metrics.showLag("events.v1", 3, () -> 7, () -> 70);
        Runnable second = metrics.showLag("events.v1", 3, () -> 8, () -> 80);
        // When
        second.run();
        double left = lag("sink.lag.records");
        first.run();
        metrics.showLag("events.v1", 3, () -> 9, () -> 90);
        // Then
        assertThat(left).isEqualTo(7);
        assertThat(lag("sink.lag.records")).isEqualTo(9);
    }

    @Test
    void stoppedPartitionsOfAllWorkersAreAddedUp() {
        // When
        metrics.showStopped(() -> List.of(StopReason.GAP, StopReason.BREAKER));
        metrics.showStopped(() -> List.of(StopReason.GAP));
        // Then
        assertThat(stopped("gap")).isEqualTo(2);
        assertThat(stopped("breaker")).isEqualTo(1);
        assertThat(stopped("diverged")).isEqualTo(0);
    }

    private double lag(String name) {
        return registry.get(name).tag("partition", "3").gauge().value();
    }

    private double stopped(String reason) {
        return registry.get("sink.partitions.stopped")
                .tag("reason", reason)
                .gauge()
                .value();
    }
}

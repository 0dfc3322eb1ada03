package dev.millrace.sink.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.sink.TestRows;
import dev.millrace.sink.write.WriteOutcome.Written;
import dev.millrace.sink.write.WritePath;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PipelineLatencyTest {
    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final SinkMetrics metrics = new SinkMetrics(registry);

    @Test
    void latencyOfEachEventIsFromItsAppendTimeToTheCommit() {
        // Given
        wallIs(TestRows.START.toEpochMilli() + 25);
        // When
        writeRowsAppendedAt(0, 5);
        // Then
        assertThat(latency().count()).isEqualTo(2);
        assertThat(latency().totalTime(TimeUnit.MILLISECONDS)).isEqualTo(25 + 20);
    }

    @Test
    void brokerWhoseClockIsAheadCountsAsNoLatency() {
        // Given
        wallIs(TestRows.START.toEpochMilli() - 1_000);
        // When
        writeRowsAppendedAt(0, 1);
        // Then
        assertThat(latency().count()).isEqualTo(2);
        assertThat(latency().totalTime(TimeUnit.MILLISECONDS)).isZero();
    }

    private void writeRowsAppendedAt(int first, int second) {
        metrics.written(
                TestRows.batch(
                        TestRows.row(first, TestRows.id(first), "{}"), TestRows.row(second, TestRows.id(second), "{}")),
                new Written(WritePath.COPY, 2, 0, 0),
                1);
    }

    private void wallIs(long millis) {
        clock.add(Duration.ofMillis(millis - clock.wallTime()));
    }

    private Timer latency() {
        return registry.get("pipeline.latency").timer();
    }
}

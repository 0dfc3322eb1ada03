package dev.millrace.sink.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.sink.LoggedLines;
import dev.millrace.sink.batch.OffsetRange;
import dev.millrace.sink.metrics.SinkMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MovedOffsetsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LoggedLines errors = LoggedLines.errorsOf(MovedOffsetsTest.class.getPackage());
    private long now = 7;
    private final MovedOffsets offsets = new MovedOffsets("events.v1", new SinkMetrics(registry), () -> now);

    @AfterEach
    void close() {
        errors.close();
    }

    @Test
    void waitsDoubleUntilAWriteOfOurOwnSucceeds() {
        assertThat(waitMillis()).isEqualTo(100);
        assertThat(waitMillis()).isEqualTo(200);
        offsets.written(List.of(new OffsetRange(0, 0, 1, null, 0)));
        assertThat(waitMillis()).isEqualTo(100);
        assertThat(registry.get("sink.offsets.moved").counter().count()).isEqualTo(3);
    }

    @Test
    void thirdMoveInAMinuteCallsAPersonOnceAndAgainAfterAMinute() {
        moveEvery(Duration.ofSeconds(10), 6);
        assertThat(errors.lines()).hasSize(1);
        moveEvery(Duration.ofSeconds(10), 3);
        assertThat(errors.lines()).hasSize(2);
    }

    @Test
    void writesOfOurOwnInBetweenDoNotHideTheOther() {
        for (int move = 0; move < 3; move++) {
            offsets.moved(0);
            offsets.written(List.of(new OffsetRange(0, 0, 1, null, 0)));
        }
        assertThat(errors.lines()).hasSize(1);
    }

    @Test
    void rareMovesAndMovesBeforeARebalanceCallNobody() {
        moveEvery(Duration.ofSeconds(31), 10);
        offsets.keepOnly(Set.of());
        moveEvery(Duration.ofSeconds(1), 2);
        assertThat(errors.lines()).isEmpty();
    }

    private void moveEvery(Duration interval, int times) {
        for (int move = 0; move < times; move++) {
            offsets.moved(0);
            now += interval.toNanos();
        }
    }

    private long waitMillis() {
        return Duration.ofNanos(offsets.moved(0) - now).toMillis();
    }
}

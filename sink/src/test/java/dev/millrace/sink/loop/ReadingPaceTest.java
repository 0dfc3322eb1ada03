package dev.millrace.sink.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.testing.ManualClock;
import dev.millrace.sink.TestRows;
import dev.millrace.sink.batch.BatchLimits;
import dev.millrace.sink.batch.OffsetRange;
import dev.millrace.sink.batch.OpenBatch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadingPaceTest {
    private static final Duration MAX_AGE = Duration.ofMillis(10);
    private static final Duration LIMIT = Duration.ofMillis(100);

    private final ManualClock clock = new ManualClock(TestRows.START);
    private final OpenBatch open = new OpenBatch(new BatchLimits(2, 1 << 20, MAX_AGE));
    private long dueNanos = clock.nanoTime();
    private final ReadingPace pace = new ReadingPace(open, () -> dueNanos, clock::nanoTime);

    @BeforeEach
    void laterThanTheFirstReading() {
        passMillis(50);
    }

    @Test
    void nothingIsHeldBackWhileNothingWaits() {
        dueIn(MAX_AGE);
        assertThat(restMillis()).isZero();
    }

    @Test
    void fullBatchIsNotWaitedFor() {
        dueIn(MAX_AGE);
        read();
        read();
        assertThat(restMillis()).isZero();
    }

    @Test
    void recordsGatherUntilShortlyBeforeTheBatchIsDue() {
        // Given
        dueIn(MAX_AGE);
        read();
        // When
        assertThat(restMillis()).isEqualTo(7);
        passMillis(7);
        // Then
        assertThat(restMillis()).isZero();
        passMillis(2);
        assertThat(restMillis()).isZero();
    }

    @Test
    void whileTheWriterIsBusyTheyAreReadOnceEachAge() {
        // Given
        read();
        assertThat(restMillis()).isZero();
        passMillis(2);
        assertThat(restMillis()).isZero();
        passMillis(2);
        // When
        assertThat(restMillis()).isEqualTo(6);
        passMillis(6);
        // Then
        assertThat(restMillis()).isZero();
    }

    @Test
    void restIsNotLongerThanTheLoopMayBeAway() {
        dueIn(Duration.ofSeconds(5));
        read();
        assertThat(restMillis()).isEqualTo(LIMIT.toMillis());
    }

    private void read() {
        long start = open.isEmpty() ? 0 : 1;
        open.add(
                new OffsetRange(0, start, start + 1, null, 0),
                List.of(TestRows.row(start, TestRows.id((int) start), TestRows.PAYLOAD)));
    }

    private void dueIn(Duration wait) {
        dueNanos = clock.nanoTime() + wait.toNanos();
    }

    private void passMillis(long millis) {
        clock.pass(Duration.ofMillis(millis));
    }

    private long restMillis() {
        return pace.rest(LIMIT).toMillis();
    }
}

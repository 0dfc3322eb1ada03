package dev.millrace.schemas.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ManualClockTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final ManualClock clock = new ManualClock(NOON);

    @Test
    void timeThatPassesMovesWallAndMonotonicTime() {
        // Given
        long begin = clock.nanoTime();
        // When
        clock.pass(Duration.ofHours(1));
        // Then
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3_600));
        assertThat(clock.nanoTime() - begin).isEqualTo(Duration.ofHours(1).toNanos());
    }

    @Test
    void clockThatIsSetMovesNoMonotonicTime() {
        // Given
        long begin = clock.nanoTime();
        // When
        clock.set(NOON.minusSeconds(3_600));
        // Then
        assertThat(clock.instant()).isEqualTo(NOON.minusSeconds(3_600));
        assertThat(clock.nanoTime()).isEqualTo(begin);
    }
}

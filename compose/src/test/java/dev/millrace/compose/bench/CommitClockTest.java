package dev.millrace.compose.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommitClockTest {
    private long seconds = 100;

    /** Two processors are busy all the time. */
    private final CommitClock clock =
            new CommitClock(9_000, () -> seconds * 1_000_000_000, () -> Map.of("sink", 2.0 * seconds), Companion.NONE);

    @Test
    void windowIsFromTheFirstCommitToTheLastWithoutWhatTheFirstBrought() {
        // Given
        seeAfter(5, 0);
        seeAfter(1, 1_000);
        seeAfter(2, 4_000);
        seeAfter(2, 9_000);
        seconds += 3;
        // When
        Run run = clock.run();
        // Then
        assertThat(run.counted()).isEqualTo(8_000);
        assertThat(run.window()).isEqualTo(Duration.ofSeconds(4));
        assertThat(run.whole()).isEqualTo(Duration.ofSeconds(10));
        assertThat(run.eventsPerSecond()).isEqualTo(2_000);
        assertThat(run.cpuSeconds()).isEqualTo(Map.of("sink", 8.0));
        assertThat(run.cpuMicrosPerEvent()).isEqualTo(Map.of("sink", 1_000.0));
        assertThat(run.growth()).isEqualTo(new Growth(2_000, 2_500));
    }

    @Test
    void wholeTimeCountsWhereOneCommitBroughtAll() {
        // Given
        seeAfter(10, 9_000);
        // When
        Run run = clock.run();
        // Then
        assertThat(run.counted()).isEqualTo(9_000);
        assertThat(run.eventsPerSecond()).isEqualTo(900);
        assertThat(run.growth()).isEqualTo(new Growth(900, 900));
    }

    @Test
    void growthIsSeenInTheMomentsAtWhichMoreWasCommitted() {
        // Given
        clock.see(1_000);
        seeAfter(1, 5_000);
        seeAfter(1, 5_000);
        seeAfter(1, 4_000);
        seeAfter(2, 9_000);
        // When
        Growth growth = clock.run().growth();
        // Then
        assertThat(growth).isEqualTo(new Growth(4_000, 1_600));
    }

    @Test
    void nothingIsMeasuredBeforeAllIsCommitted() {
        // Given
        clock.see(8_999);
        // Then
        assertThatThrownBy(clock::run).isInstanceOf(IllegalStateException.class);
    }

    private void seeAfter(int pauseSeconds, long committed) {
        seconds += pauseSeconds;
        clock.see(committed);
    }
}

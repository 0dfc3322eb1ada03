package dev.millrace.compose.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommitClockTest {
    private long seconds = 100;

    @Test
    void windowIsFromTheFirstCommitToTheLastWithoutWhatTheFirstBrought() {
        // Given
        CommitClock clock = clock();
        seconds += 5;
        clock.see(0);
        seconds += 1;
        clock.see(1_000);
        seconds += 2;
        clock.see(4_000);
        seconds += 2;
        clock.see(9_000);
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
        CommitClock clock = clock();
        seconds += 10;
        clock.see(9_000);
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
        CommitClock clock = clock();
        clock.see(1_000);
        seconds += 1;
        clock.see(5_000);
        seconds += 1;
        clock.see(5_000);
        seconds += 1;
        clock.see(4_000);
        seconds += 2;
        clock.see(9_000);
        // When
        Growth growth = clock.run().growth();
        // Then
        assertThat(growth).isEqualTo(new Growth(4_000, 1_600));
    }

    @Test
    void nothingIsMeasuredBeforeAllIsCommitted() {
        // Given
        CommitClock clock = clock();
        clock.see(8_999);
        // Then
        assertThatThrownBy(clock::run).isInstanceOf(IllegalStateException.class);
    }

    /** Two processors are busy all the time. */
    private CommitClock clock() {
        return new CommitClock(
                9_000, () -> seconds * 1_000_000_000, () -> Map.of("sink", 2.0 * seconds), Companion.NONE);
    }
}

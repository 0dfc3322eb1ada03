package dev.millrace.compose.bench;

import static org.assertj.core.api.Assertions.assertThat;

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
        // When
        Run run = clock.end(9_000);
        // Then
        assertThat(run.counted()).isEqualTo(8_000);
        assertThat(run.window()).isEqualTo(Duration.ofSeconds(4));
        assertThat(run.whole()).isEqualTo(Duration.ofSeconds(10));
        assertThat(run.eventsPerSecond()).isEqualTo(2_000);
        assertThat(run.cpuSeconds()).isEqualTo(Map.of("sink", 8.0));
    }

    @Test
    void wholeTimeCountsWhereOneCommitBroughtAll() {
        // Given
        CommitClock clock = clock();
        seconds += 10;
        clock.see(5_000);
        // When
        Run run = clock.end(5_000);
        // Then
        assertThat(run.counted()).isEqualTo(5_000);
        assertThat(run.eventsPerSecond()).isEqualTo(500);
    }

    /** Two processors are busy all the time. */
    private CommitClock clock() {
        return new CommitClock(() -> seconds * 1_000_000_000, () -> Map.of("sink", 2.0 * seconds));
    }
}

package dev.millrace.compose.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.compose.bench.Growth.Commit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrowthTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void endsAreHalfAMillionEventsOfMany() {
        // Given a contender that takes a second for 50,000 events, two of the second million, four of the third
        List<Commit> commits = new ArrayList<>();
        long seconds = 7;
        for (int batch = 1; batch <= 60; batch++) {
            seconds += batch <= 20 ? 1 : batch <= 40 ? 2 : 4;
            commits.add(new Commit(seconds * SECOND, batch * 50_000L));
        }
        // When
        Growth growth = Growth.of(commits);
        // Then
        assertThat(growth.first()).isEqualTo(50_000);
        assertThat(growth.last()).isEqualTo(12_500);
        assertThat(growth.ratio()).isEqualTo(0.25);
    }

    @Test
    void whatComesBetweenTheEndsChangesNeither() {
        // Given
        List<Commit> commits = List.of(
                new Commit(0, 100_000),
                new Commit(4 * SECOND, 500_000),
                new Commit(99 * SECOND, 1_500_000),
                new Commit(104 * SECOND, 2_000_000));
        // When
        Growth growth = Growth.of(commits);
        // Then
        assertThat(growth.first()).isEqualTo(100_000);
        assertThat(growth.last()).isEqualTo(100_000);
    }

    @Test
    void endsAreHalvesOfFew() {
        // Given
        List<Commit> commits = List.of(
                new Commit(0, 2_000),
                new Commit(1 * SECOND, 4_000),
                new Commit(2 * SECOND, 6_000),
                new Commit(4 * SECOND, 8_000),
                new Commit(8 * SECOND, 10_000));
        // When
        Growth growth = Growth.of(commits);
        // Then
        assertThat(growth.first()).isEqualTo(2_000);
        assertThat(growth.last()).as("from the commit before the half on").isEqualTo(6_000 / 7.0, within(1e-9));
    }

    @Test
    void commitLargerThanHalfIsPartOfBothEnds() {
        // When
        Growth growth = Growth.of(List.of(new Commit(0, 0), new Commit(3 * SECOND, 9_000)));
        // Then
        assertThat(growth).isEqualTo(new Growth(3_000, 3_000));
    }

    @Test
    void firstCommitLargerThanHalfLeavesTheRest() {
        // When
        Growth growth =
                Growth.of(List.of(new Commit(0, 8_000), new Commit(1 * SECOND, 9_000), new Commit(2 * SECOND, 10_000)));
        // Then
        assertThat(growth).isEqualTo(new Growth(1_000, 1_000));
    }
}

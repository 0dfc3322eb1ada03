package dev.millrace.query.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WalkTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void theRestOfAFollowingWalkStandsWhereEachPartitionWasLeft() {
        // Given
        Walk walk = new Walk.Following(through(bound(5, 0), bound(7, 0)), through(bound(9, 60), bound(20, 60)));
        // When
        Walk rest = walk.after(List.of(event(0, 6, 10), event(1, 8, 20), event(0, 8, 30)));
        // Then
        assertThat(rest)
                .isEqualTo(
                        new Walk.Following(through(bound(8, 30), bound(8, 30)), through(bound(9, 60), bound(20, 60))));
    }

    @Test
    void theEndOfAWalkIsTheSameOnEveryPage() {
        // Given
        Walk walk = new Walk.Following(through(bound(5, 0), bound(99, 5)), through(bound(9, 60), bound(20, 2)));
        // When
        Walk rest = walk.after(List.of(event(0, 6, 40)));
        // Then
        assertThat(rest.end()).isEqualTo(walk.end()).isEqualTo(through(bound(9, 60), bound(99, 5)));
    }

    @Test
    void aPartitionThatIsNewBeginsBeforeItsFirstRecord() {
        // Given
        Walk walk = new Walk.Following(through(bound(5, 0)), through(bound(5, 0), bound(3, 60)));
        // When
        Walk rest = walk.after(List.of(event(1, 0, 10)));
        // Then
        assertThat(rest)
                .isEqualTo(new Walk.Following(through(bound(5, 0), bound(0, 10)), through(bound(5, 0), bound(3, 60))));
    }

    @Test
    void nothingIsLateWhenAPartitionHasNoTime() {
        // Given
        CompleteThrough through = through(bound(5, 0), new Bound(3, null));
        // When, Then
        assertThat(through.latest()).isNull();
        assertThat(through(bound(5, 0), bound(3, 60), Bound.NONE).latest()).isEqualTo(NOON.plusSeconds(60));
    }

    private static CompleteThrough through(Bound... bounds) {
        return new CompleteThrough(List.of(bounds));
    }

    private static Bound bound(long offset, long second) {
        return new Bound(offset, NOON.plusSeconds(second));
    }

    private static StoredEvent event(int partition, long offset, long second) {
        OrderKey place = new OrderKey(NOON.plusSeconds(second), partition, offset);
        return new StoredEvent(place, new UUID(0, 0), "t", null, NOON, "{}", "{}");
    }
}

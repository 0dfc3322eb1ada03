package dev.millrace.compose.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.ingest.load.Latency;
import dev.millrace.schemas.Position;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class VisibleEventsTest {
    private static final Offset<Double> THREE_DIGITS = Offset.offset(0.1);

    private final VisibleEvents events = new VisibleEvents();

    @Test
    void eventIsSeenByTheFirstLookThatShowsALargerOffset() {
        // Given
        acknowledged(0, 5, 100);
        // When
        visible(0, 5, 110);
        // Then
        assertThat(events.seen()).isZero();
        assertThat(events.missing()).isEqualTo(1);
        // When
        visible(0, 6, 120);
        visible(0, 6, 130);
        // Then
        assertThat(events.seen()).isEqualTo(1);
        assertThat(events.missing()).isZero();
        assertThat(events.latency().max()).isCloseTo(20, THREE_DIGITS);
    }

    @Test
    void partitionsAreApart() {
        // Given
        acknowledged(0, 5, 100);
        acknowledged(3, 5, 100);
        // When
        visible(0, 6, 110);
        visible(3, 2, 110);
        // Then
        assertThat(events.seen()).isEqualTo(1);
        // When
        visible(3, 6, 150);
        // Then
        assertThat(events.seen()).isEqualTo(2);
        assertThat(events.latency().max()).isCloseTo(50, THREE_DIGITS);
    }

    @Test
    void eventDoesNotWaitForOneWithALargerOffsetThatWasAcknowledgedBefore() {
        // Given
        acknowledged(0, 9, 100);
        acknowledged(0, 7, 101);
        acknowledged(0, 8, 102);
        // When
        visible(0, 9, 112);
        // Then
        assertThat(events.seen()).isEqualTo(2);
        assertThat(events.latency().max()).isCloseTo(11, THREE_DIGITS);
        // When
        visible(0, 10, 140);
        // Then
        assertThat(events.missing()).isZero();
        assertThat(events.latency().max()).isCloseTo(40, THREE_DIGITS);
    }

    @Test
    void eventThatWasVisibleBeforeItsAcknowledgementCountsAsNothing() {
        // Given
        visible(0, 10, 100);
        acknowledged(0, 4, 105);
        // When
        visible(0, 10, 130);
        // Then
        assertThat(events.seen()).isEqualTo(1);
        assertThat(events.latency()).isEqualTo(new Latency(0, 0, 0, 0));
    }

    @Test
    void acknowledgementThatIsToldLateCountsFromItsMoment() {
        // Given
        visible(0, 10, 100);
        acknowledged(0, 4, 95);
        // When
        visible(0, 12, 130);
        // Then
        assertThat(events.latency().max()).isCloseTo(5, THREE_DIGITS);
    }

    @Test
    void eventIsMissingSinceItsAcknowledgement() {
        // Given
        acknowledged(0, 5, 100);
        acknowledged(1, 5, 200);
        acknowledged(2, 5, 300);
        visible(0, 6, 310);
        // Then
        assertThat(events.missingSince(millis(200))).isZero();
        assertThat(events.missingSince(millis(201))).isEqualTo(1);
        assertThat(events.missingSince(millis(400))).isEqualTo(2);
        assertThat(events.missing()).isEqualTo(2);
    }

    private void acknowledged(int partition, long offset, long millis) {
        events.acknowledged(new Position(partition, offset), millis(millis));
    }

    private void visible(int partition, long nextOffset, long millis) {
        events.visible(partition, nextOffset, millis(millis));
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}

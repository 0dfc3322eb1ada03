package dev.millrace.compose.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration SHORT_LIFE = Duration.ofMillis(10);

    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));

    @Test
    void waitsDoubleUpToTheLongest() {
        assertThat(backoff.afterLifeOf(SHORT_LIFE)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.afterLifeOf(SHORT_LIFE)).isEqualTo(Duration.ofSeconds(2));
        assertThat(backoff.afterLifeOf(SHORT_LIFE)).isEqualTo(Duration.ofSeconds(4));
        assertThat(backoff.afterLifeOf(SHORT_LIFE)).isEqualTo(Duration.ofSeconds(5));
        assertThat(backoff.afterLifeOf(SHORT_LIFE)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void longLifeForgetsEarlierDeaths() {
        // Given
        backoff.afterLifeOf(SHORT_LIFE);
        backoff.afterLifeOf(SHORT_LIFE);
        // When
        Duration wait = backoff.afterLifeOf(Duration.ofSeconds(6));
        // Then
        assertThat(wait).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.afterLifeOf(SHORT_LIFE)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void refusesWaitsThatCannotGrow() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

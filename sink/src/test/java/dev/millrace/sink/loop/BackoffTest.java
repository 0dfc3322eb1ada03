package dev.millrace.sink.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    @Test
    void waitsDoubleUpToTheLimitAndStayThere() {
        // When
        Duration[] waits =
                IntStream.range(0, 8).mapToObj(failure -> backoff.next()).toArray(Duration[]::new);
        // Then
        assertThat(waits)
                .extracting(Duration::toMillis)
                .containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L);
    }

    @Test
    void longFailureDoesNotOverflow() {
        // When
        IntStream.range(0, 1_000).forEach(failure -> backoff.next());
        // Then
        assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(5));
        assertThat(backoff.failures()).isEqualTo(1_001);
    }

    @Test
    void successBeginsAnew() {
        // Given
        backoff.next();
        backoff.next();
        // When
        backoff.reset();
        // Then
        assertThat(backoff.failures()).isZero();
        assertThat(backoff.next()).isEqualTo(Duration.ofMillis(100));
    }
}

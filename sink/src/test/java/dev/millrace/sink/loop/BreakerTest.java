package dev.millrace.sink.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BreakerTest {
    @Test
    void tripsAtTheHundredthRecordWhenAllAreRefusedAndNotBefore() {
        // Given
        Breaker breaker = new Breaker(95);
        // When
        boolean[] verdicts = new boolean[100];
        IntStream.range(0, 100).forEach(record -> verdicts[record] = breaker.count(true));
        // Then
        assertThat(verdicts).endsWith(true);
        assertThat(IntStream.range(0, 99).anyMatch(record -> verdicts[record])).isFalse();
    }

    @Test
    void onlyTheLastHundredCount() {
        // Given
        Breaker breaker = new Breaker(95);
        IntStream.range(0, 10_000).forEach(record -> breaker.count(false));
        // When
        long until = IntStream.rangeClosed(1, 200)
                .filter(record -> breaker.count(true))
                .findFirst()
                .orElseThrow();
        // Then
        assertThat(until).isEqualTo(95);
    }

    @Test
    void oneOfTwentyGoodKeepsItClosedAtNinetySixPercent() {
        Breaker breaker = new Breaker(96);
        assertThat(IntStream.range(0, 1_000).anyMatch(record -> breaker.count(record % 20 != 0)))
                .isFalse();
    }

    @Test
    void zeroTurnsItOff() {
        Breaker breaker = new Breaker(0);
        assertThat(IntStream.range(0, 1_000).anyMatch(record -> breaker.count(true)))
                .isFalse();
    }

    @Test
    void refusalsOfTheDatabaseAreJudgedWhenBatchesHaveAHundredRecords() {
        // Given
        Breaker breaker = new Breaker(95);
        // When
        long until = IntStream.rangeClosed(1, 20)
                .filter(batch -> breaker.countWritten(10, 10))
                .findFirst()
                .orElseThrow();
        // Then
        assertThat(until).isEqualTo(10);
        assertThat(breaker.countWritten(1_000, 940)).isFalse();
        assertThat(breaker.countWritten(1_000, 950)).isTrue();
    }

    @Test
    void aBatchWithoutRefusalsBeginsTheCountAnew() {
        // Given
        Breaker breaker = new Breaker(95);
        breaker.countWritten(99, 99);
        // When
        breaker.forgetWritten();
        // Then
        assertThat(breaker.countWritten(99, 99)).isFalse();
    }
}

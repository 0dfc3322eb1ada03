package dev.millrace.query.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SearchSpanTest {
    private static final Duration SLOW = Duration.ofMillis(500);
    private static final Duration QUICK = Duration.ofMillis(50);

    private final SearchSpan span = new SearchSpan();

    @Test
    void whatIsQuickStaysWithoutABound() {
        // When
        span.took(QUICK, true);
        // Then
        assertThat(span.isBounded()).isFalse();
    }

    @Test
    void whatIsSlowGetsABoundThatFitsIt() {
        // When
        span.took(SLOW, false);
        // Then
        assertThat(span.isBounded()).isTrue();
        assertThat(span.rows()).isEqualTo(SearchSpan.LARGEST);
        span.took(SLOW, true);
        assertThat(span.rows()).isEqualTo(SearchSpan.LARGEST / 4);
        span.took(Duration.ofMillis(200), true);
        assertThat(span.rows()).isEqualTo(SearchSpan.LARGEST / 4);
        span.took(QUICK, false);
        assertThat(span.rows()).isEqualTo(SearchSpan.LARGEST / 4);
    }

    @Test
    void quickSpansGrowUpToTheLargest() {
        // Given
        span.narrow();
        span.narrow();
        // When
        for (int times = 0; times < 10; times++) {
            span.took(QUICK, true);
        }
        // Then
        assertThat(span.rows()).isEqualTo(SearchSpan.LARGEST);
    }

    @Test
    void aSpanHasOneRowAtLeast() {
        // When
        int narrowed = 0;
        while (span.narrow()) {
            narrowed++;
        }
        // Then
        assertThat(span.rows()).isEqualTo(1);
        assertThat(narrowed).isEqualTo(10);
        span.took(QUICK, true);
        assertThat(span.rows()).isEqualTo(2);
    }
}

package dev.millrace.sink.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.sink.TestRows;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenBatchTest {
    private final OpenBatch open = new OpenBatch(new BatchLimits(3, 1 << 20, Duration.ofMillis(10)));

    @Test
    void takenBatchHasRangesAndRowsInTheOrderOfPartitions() {
        // Given
        open.add(range(1, 10, 12), List.of(TestRows.row(10, TestRows.id(1), "{}")));
        open.add(range(0, 5, 6), List.of(TestRows.rejected(5)));
        open.add(range(1, 12, 13), List.of());
        // When
        Batch batch = open.take();
        // Then
        assertThat(batch.ranges()).containsExactly(range(0, 5, 6), range(1, 10, 13));
        assertThat(batch.events()).hasSize(1);
        assertThat(batch.rejected()).hasSize(1);
        assertThat(open.isEmpty()).isTrue();
    }

    @Test
    void droppedPartitionLeavesTheOthers() {
        // Given
        open.add(range(0, 0, 1), List.of(TestRows.rejected(0)));
        open.add(range(1, 0, 1), List.of());
        // When
        open.drop(0);
        // Then
        assertThat(open.take().ranges()).containsExactly(range(1, 0, 1));
    }

    @Test
    void fullAtItsRowsOrItsBytes() {
        // Given
        OpenBatch small = new OpenBatch(new BatchLimits(100, 4, Duration.ZERO));
        small.add(range(0, 0, 1), List.of(TestRows.rejected(0)));
        open.add(range(0, 0, 2), List.of(TestRows.rejected(0), TestRows.rejected(1)));
        // When
        boolean fullBefore = small.isFull() || open.isFull();
        small.add(range(0, 1, 2), List.of(TestRows.rejected(1)));
        open.add(range(0, 2, 3), List.of(TestRows.rejected(2)));
        // Then
        assertThat(fullBefore).isFalse();
        assertThat(small.isFull()).isTrue();
        assertThat(open.isFull()).isTrue();
    }

    @Test
    void holeBetweenTwoRangesIsRefused() {
        // Given
        open.add(range(0, 0, 2), List.of());
        // When
        Throwable thrown = catchThrowable(() -> open.add(range(0, 3, 4), List.of()));
        // Then
        assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessageContaining("hole");
    }

    private static OffsetRange range(int partition, long start, long end) {
        return new OffsetRange(partition, start, end, null, 0);
    }
}

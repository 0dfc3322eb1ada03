package dev.millrace.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.sink.TestRows;
import dev.millrace.sink.batch.EventRow;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdentityOrderTest {
    @Test
    void idsAreSortedAsPostgresDoesThenByPosition() {
        // Given
        EventRow highest = row(1, "ffffffff-0000-4000-8000-000000000000");
        EventRow low = row(2, "00000000-0000-4000-8000-000000000000");
        EventRow lowAgain = row(4, "00000000-0000-4000-8000-000000000000");
        EventRow lowAboveIt = row(3, "00000000-0000-4000-f000-000000000000");
        EventRow middle = row(0, "7fffffff-0000-4000-8000-000000000000");
        // When
        List<EventRow> sorted = IdentityOrder.of(List.of(highest, lowAgain, lowAboveIt, low, middle));
        // Then
        assertThat(sorted).containsExactly(low, lowAgain, lowAboveIt, middle, highest);
    }

    @Test
    void partitionsComeBeforeOffsets() {
        // Given
        EventRow first = row(7, "00000000-0000-4000-8000-000000000000");
        EventRow second = new EventRow(1, 3, first.appendedAtMillis(), null, first.event(), List.of());
        // When
        List<EventRow> sorted = IdentityOrder.of(List.of(second, first));
        // Then
        assertThat(sorted).containsExactly(first, second);
    }

    private static EventRow row(long offset, String id) {
        return TestRows.row(offset, UUID.fromString(id), "{}");
    }
}

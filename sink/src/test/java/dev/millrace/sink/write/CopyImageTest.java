package dev.millrace.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.sink.TestRows;
import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.EventRow;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CopyImageTest {
    private static final EventRow FIRST = TestRows.row(0, TestRows.id(2), TestRows.PAYLOAD);
    private static final EventRow SECOND = TestRows.row(1, TestRows.id(1), TestRows.PAYLOAD);

    @Test
    void holdsWholeStreamsInTheOrdersOfTheFastPath() {
        // Given
        Batch batch = TestRows.batch(FIRST, SECOND);
        CopyBuffer events = new CopyBuffer();
        CopyBuffer identities = new CopyBuffer();
        events.header();
        TableCopy.event(FIRST, events);
        TableCopy.event(SECOND, events);
        events.trailer();
        identities.header();
        TableCopy.identity(SECOND, identities);
        TableCopy.identity(FIRST, identities);
        identities.trailer();
        // When
        CopyImage image = CopyImage.of(batch);
        // Then
        assertThat(image.events()).isEqualTo(content(events));
        assertThat(image.identities()).isEqualTo(content(identities));
    }

    private static byte[] content(CopyBuffer buffer) {
        return Arrays.copyOf(buffer.bytes(), buffer.length());
    }
}

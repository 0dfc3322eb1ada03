package dev.millrace.sink.write;

import dev.millrace.schemas.testing.EventBuilder;
import dev.millrace.schemas.testing.GoldenFile;
import dev.millrace.sink.TestRows;
import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.batch.RejectedRow;
import dev.millrace.sink.write.CopyStream.Rows;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of a COPY: they are compared as hexadecimal text, since a person reviews their changes. */
class GoldenCopyTest {
    private static final int BYTES_PER_LINE = 16;

    private static final List<EventRow> EVENTS = List.of(
            TestRows.row(0, EventBuilder.id(1), TestRows.PAYLOAD),
            TestRows.row(1, EventBuilder.id(2), "{\"text\":\"größer 😀\"}"));

    @Test
    void bytesOfAFixedBatchAreTheGoldenOnes() {
        // Given
        List<RejectedRow> rejected = List.of(TestRows.rejected(2));
        // When
        String dump = dump(TableCopy.IDENTITY_COPY, EVENTS, TableCopy::identity)
                + dump(TableCopy.EVENT_COPY, EVENTS, TableCopy::event)
                + dump(
                        TableCopy.REJECTED_COPY,
                        rejected,
                        (row, target) -> TableCopy.rejected("events.v1", row, target));
        // Then
        GoldenFile.named("copy.txt").assertHolds(dump);
    }

    private static <R> String dump(String statement, List<R> rows, Rows<R> encoding) {
        CopyBuffer buffer = new CopyBuffer();
        StringBuilder dump = new StringBuilder(statement).append('\n');
        buffer.header();
        append(dump, "header", buffer);
        for (R row : rows) {
            encoding.encode(row, buffer);
            append(dump, "row", buffer);
        }
        buffer.trailer();
        append(dump, "trailer", buffer);
        return dump.append('\n').toString();
    }

    private static void append(StringBuilder dump, String name, CopyBuffer buffer) {
        HexFormat hex = HexFormat.ofDelimiter(" ");
        dump.append(name).append('\n');
        for (int start = 0; start < buffer.length(); start += BYTES_PER_LINE) {
            int end = Math.min(start + BYTES_PER_LINE, buffer.length());
            dump.append("    ")
                    .append(hex.formatHex(buffer.bytes(), start, end))
                    .append('\n');
        }
        buffer.clear();
    }
}

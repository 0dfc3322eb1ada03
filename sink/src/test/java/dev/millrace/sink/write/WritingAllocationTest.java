package dev.millrace.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.event.EventCodec;
import dev.millrace.schemas.testing.EventBuilder;
import dev.millrace.schemas.testing.EventGenerator;
import dev.millrace.sink.Allocation;
import dev.millrace.sink.TestRows;
import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.metrics.SinkMetrics;
import dev.millrace.sink.write.CopyStream.Rows;
import dev.millrace.sink.write.WriteOutcome.Written;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the writer allocates for an event, up to the driver. */
class WritingAllocationTest {
    private static final int BATCHES = 20;
    private static final int ROWS = 5_000;

    /** 4 for a place in the sorted array, and about as much for what sorting moves aside; 9.3 were measured. */
    private static final double MOST_BYTES = 12;

    private final List<EventRow> rows = rows();
    private final CopyBuffer buffer = new CopyBuffer();
    private long encoded;

    @Test
    void eventCostsItsPlaceInAnArray() {
        // When
        double sorting = Allocation.bytesPerUnit(BATCHES * ROWS, () -> times(() -> IdentityOrder.of(rows)));
        double encoding = Allocation.bytesPerUnit(
                BATCHES * ROWS,
                () -> times(() -> {
                    encode(rows, TableCopy::identity);
                    encode(rows, TableCopy::event);
                }));
        SinkMetrics metrics = new SinkMetrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        Batch batch = new Batch(List.of(TestRows.range(0, ROWS)), rows, List.of());
        double counting = Allocation.bytesPerUnit(
                BATCHES * ROWS,
                () -> times(() -> metrics.written(batch, new Written(WritePath.COPY, ROWS, 0, 0), 1_000_000)));
        // Then
        assertThat(encoded).isGreaterThan(BATCHES * ROWS * 100L);
        assertThat(sorting + encoding + counting)
                .as("sorting=%.1f encoding=%.1f counting=%.1f", sorting, encoding, counting)
                .isLessThan(MOST_BYTES);
    }

    private void encode(List<EventRow> events, Rows<EventRow> encoding) {
        buffer.clear();
        for (EventRow row : events) {
            encoding.encode(row, buffer);
            if (buffer.length() >= 1 << 16) {
                encoded += buffer.length();
                buffer.clear();
            }
        }
    }

    private static void times(Runnable batch) {
        for (int number = 0; number < BATCHES; number++) {
            batch.run();
        }
    }

    private static List<EventRow> rows() {
        EventCodec codec = new EventCodec();
        List<EventRow> rows = new ArrayList<>();
        for (EventBuilder event : new EventGenerator(1).events(ROWS).toList()) {
            int offset = rows.size();
            rows.add(new EventRow(
                    0,
                    offset,
                    TestRows.START.toEpochMilli() + offset,
                    codec.encodeKey(event.key()),
                    codec.decode(event.value()),
                    List.of()));
        }
        return rows;
    }
}

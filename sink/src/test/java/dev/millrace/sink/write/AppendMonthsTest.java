package dev.millrace.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.sink.TestRows;
import dev.millrace.sink.batch.EventRow;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AppendMonthsTest {
    @Test
    void monthsAreThoseThatOccurToTheMillisecond() {
        // When
        Set<YearMonth> months = AppendMonths.of(events(
                "2026-01-31T23:59:59.999Z",
                "2026-02-01T00:00:00Z",
                "2026-02-28T23:59:59.999Z",
                "2026-06-30T23:59:59.999Z",
                // The next Kafka partition begins earlier again.
                "2025-12-31T23:59:59.999Z",
                "2026-06-01T00:00:00Z"));
        // Then
        assertThat(months)
                .containsExactly(
                        YearMonth.of(2025, 12), YearMonth.of(2026, 1), YearMonth.of(2026, 2), YearMonth.of(2026, 6));
    }

    @Test
    void firstMillisecondOfAMonthIsItsOwn() {
        assertThat(AppendMonths.of(events("2026-06-30T12:00:00Z", "2026-07-01T00:00:00Z")))
                .containsExactly(YearMonth.of(2026, 6), YearMonth.of(2026, 7));
    }

    @Test
    void timesBefore1970HaveMonthsToo() {
        assertThat(AppendMonths.of(events("1970-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z")))
                .containsExactly(YearMonth.of(1969, 12), YearMonth.of(1970, 1));
    }

    @Test
    void batchWithoutEventsHasNone() {
        assertThat(AppendMonths.of(List.of())).isEmpty();
    }

    private static List<EventRow> events(String... times) {
        EventRow row = TestRows.row(0, TestRows.id(0), "{}");
        return Arrays.stream(times)
                .map(time ->
                        new EventRow(0, 0, Instant.parse(time).toEpochMilli(), row.key(), row.event(), row.headers()))
                .toList();
    }
}

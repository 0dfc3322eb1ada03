package dev.millrace.sink.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionIntervalTest {
    @ParameterizedTest
    @CsvSource({
        "DAY, 2026-11-22T12:00:00Z, 2026-11-22T00:00:00Z, 2026-11-23T00:00:00Z",
        "DAY, 2026-12-31T23:59:59.999Z, 2026-12-31T00:00:00Z, 2027-01-01T00:00:00Z",
        "WEEK, 2026-11-22T12:00:00Z, 2026-11-16T00:00:00Z, 2026-11-23T00:00:00Z",
        "WEEK, 2026-11-23T00:00:00Z, 2026-11-23T00:00:00Z, 2026-11-30T00:00:00Z",
        "WEEK, 2027-01-01T00:00:00Z, 2026-12-28T00:00:00Z, 2027-01-04T00:00:00Z",
        "MONTH, 2026-11-22T12:00:00Z, 2026-11-01T00:00:00Z, 2026-12-01T00:00:00Z",
        "MONTH, 2024-02-29T00:00:00Z, 2024-02-01T00:00:00Z, 2024-03-01T00:00:00Z"
    })
    void intervalOfAMomentBeginsAtOrBeforeItAndEndsAfterIt(
            PartitionInterval interval, Instant moment, Instant start, Instant end) {
        assertThat(interval.start(moment)).isEqualTo(start);
        assertThat(interval.end(moment)).isEqualTo(end);
        assertThat(PartitionInterval.of(interval.label())).isEqualTo(interval);
    }
}

package dev.millrace.sink.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.testing.ManualClock;
import dev.millrace.sink.TestRows;
import dev.millrace.sink.write.StoredOffset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class PartitionLagTest {
    private static final Instant START = TestRows.START;

    private final ManualClock clock = new ManualClock(START);
    private final PartitionLag lag = new PartitionLag(located(100), clock);

    @Test
    void nothingInTheLogIsNoLag() {
        // When
        lag.endsAt(100);
        lag.step();
        clock.pass(Duration.ofHours(1));
        // Then
        assertLag(0, 0);
    }

    @Test
    void ageIsThatOfTheOldestRecordThatWasReadAndNotStored() {
        // Given
        clock.pass(Duration.ofSeconds(30));
        lag.read(102, List.of(record(START), record(START.plusSeconds(9))));
        lag.read(103, List.of(record(START.plusSeconds(10))));
        lag.step();
        assertLag(3, 30);
        // When
        lag.stored(102);
        lag.step();
        // Then
        assertLag(1, 20);
        // When
        lag.stored(103);
        lag.step();
        // Then
        assertLag(0, 0);
    }

    @Test
    void whatWasNeverReadIsAsOldAsTheNewsOfIt() {
        // Given
        lag.endsAt(150);
        lag.step();
        assertLag(50, 0);
        // When
        clock.pass(Duration.ofSeconds(7));
        lag.step();
        // Then
        assertLag(50, 7);
    }

    @Test
    void restOfABacklogIsNotYoungBecauseWhatWasReadOfItIsStored() {
        // Given
        clock.pass(Duration.ofSeconds(3_600));
        lag.endsAt(1_000);
        lag.read(102, List.of(record(START), record(START.plusSeconds(1))));
        lag.step();
        // When
        lag.stored(102);
        lag.step();
        // Then
        assertLag(898, 3_599);
    }

    @Test
    void firstRecordAfterAnIdleHourIsNotAnHourOld() {
        // Given
        lag.read(101, List.of(record(START)));
        lag.step();
        lag.stored(101);
        lag.endsAt(101);
        lag.step();
        clock.pass(Duration.ofHours(1));
        // When
        lag.endsAt(102);
        lag.step();
        // Then
        assertLag(1, 0);
    }

    @Test
    void brokerWhoseClockIsAheadMakesNoNegativeAge() {
        // When
        lag.read(101, List.of(record(START.plusSeconds(5))));
        lag.step();
        // Then
        assertLag(1, 0);
    }

    private void assertLag(long records, double seconds) {
        assertThat(lag.records()).isEqualTo(records);
        assertThat(lag.seconds()).isEqualTo(seconds);
    }

    private static PartitionProgress located(long offset) {
        PartitionProgress progress = new PartitionProgress(0, 0, new Breaker(0));
        progress.locate(new StoredOffset(0, offset, -1, Long.MIN_VALUE));
        return progress;
    }

    private static ConsumerRecord<byte[], byte[]> record(Instant appendedAt) {
        return new ConsumerRecord<>(
                "events.v1",
                0,
                0,
                appendedAt.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                null,
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }
}

package dev.millrace.sink.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.testing.EventBuilder;
import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.schemas.testing.corpus.Corpus;
import dev.millrace.schemas.testing.corpus.CorpusRecord;
import dev.millrace.schemas.testing.corpus.Fate;
import dev.millrace.sink.TestRows;
import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.BatchLimits;
import dev.millrace.sink.batch.OffsetRange;
import dev.millrace.sink.batch.OpenBatch;
import dev.millrace.sink.batch.Row;
import dev.millrace.sink.upkeep.TablePartitions;
import dev.millrace.sink.write.BatchWriter;
import dev.millrace.sink.write.WriteOutcome;
import dev.millrace.sink.write.WriteOutcome.Written;
import dev.millrace.sink.write.WritePath;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every record of the corpus gets its fate from the real decoder, writer and database, and harms no other. */
class CorpusIT {
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(2);
    private static final int BATCH = 5;
    private static final long BEGIN = TestRows.START.toEpochMilli();

    /** Where in its batch a record stands; all others are plain events. */
    private enum Place {
        FIRST(BATCH, 0),
        LAST(BATCH, BATCH - 1),
        ONLY(1, 0);

        private final int size;
        private final int index;

        Place(int size, int index) {
            this.size = size;
            this.index = index;
        }
    }

    private final TestDatabase database = TestDatabase.create();
    private final RecordDecoder decoder = new RecordDecoder();
    private final List<String> differences = new ArrayList<>();
    private final BatchWriter writer = new BatchWriter(
            database.url() + "?user=" + TestDatabase.WRITER,
            "test-corpus",
            "events.v1",
            "topic-id",
            new TablePartitions(database.url() + "?user=" + TestDatabase.OWNER));

    @BeforeEach
    void beginAtZero() {
        writer.storedOffsets(List.of(0, 1));
    }

    @AfterEach
    void close() {
        writer.close();
        database.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyRecordGetsItsFateAndItsNeighboursTheirs(Place place) throws SQLException {
        // Given
        List<CorpusRecord> sent = new ArrayList<>();
        for (CorpusRecord record : Corpus.records()) {
            List<CorpusRecord> batch = around(record, place, sent.size());
            // When
            WriteOutcome outcome = write(batch, 0, sent.size());
            // Then
            int rejected = record.fate() instanceof Fate.Rejected ? 1 : 0;
            expect(record, outcome, new Written(WritePath.COPY, batch.size() - rejected, 0, rejected));
            sent.addAll(batch);
        }
        try (StoredCorpus stored = new StoredCorpus(database)) {
            for (int offset = 0; offset < sent.size(); offset++) {
                differences.addAll(stored.differences(sent.get(offset), offset));
            }
            assertThat(stored.counts()).isEqualTo(counts(sent));
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void everyEventIsADuplicateWhenItComesAgainAndANewRowInAnotherPartition() {
        // Given
        List<CorpusRecord> events = Corpus.records().stream()
                .filter(record -> record.fate() instanceof Fate.Stored)
                .toList();
        for (int index = 0; index < events.size(); index++) {
            CorpusRecord event = events.get(index);
            WriteOutcome first = write(List.of(event), 0, 2L * index);
            // When
            WriteOutcome again = write(List.of(event), 0, 2L * index + 1);
            WriteOutcome elsewhere = write(List.of(event), 1, index);
            // Then
            expect(event, counted(first), new Written(WritePath.INSERT, 1, 0, 0));
            expect(event, counted(again), new Written(WritePath.INSERT, 0, 1, 0));
            expect(event, counted(elsewhere), new Written(WritePath.INSERT, 1, 0, 0));
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void ofTenThousandEqualRecordsOneIsStored() throws SQLException {
        // Given
        CorpusRecord event = neighbour(1);
        // When
        WriteOutcome outcome = write(Collections.nCopies(10_000, event), 0, 0);
        // Then
        assertThat(outcome).isEqualTo(new Written(WritePath.INSERT, 1, 9_999, 0));
        try (StoredCorpus stored = new StoredCorpus(database)) {
            assertThat(stored.differences(event, 0)).isEmpty();
        }
    }

    @Test
    void eventThatComesAgainMonthsLaterIsADuplicate() {
        // Given
        CorpusRecord event = neighbour(1);
        write(List.of(event), 0, 0);
        // When
        WriteOutcome later = writer.write(
                batch(List.of(event), 0, 1, BEGIN + Duration.ofDays(70).toMillis()));
        // Then
        assertThat(later).isEqualTo(new Written(WritePath.INSERT, 0, 1, 0));
    }

    /** Without the path, which the writer keeps from earlier batches. */
    private static WriteOutcome counted(WriteOutcome outcome) {
        return outcome instanceof Written written
                ? new Written(WritePath.INSERT, written.stored(), written.duplicates(), written.rejected())
                : outcome;
    }

    private void expect(CorpusRecord record, WriteOutcome outcome, WriteOutcome expected) {
        if (!outcome.equals(expected)) {
            differences.add(record + ": " + outcome + " instead of " + expected);
        }
    }

    private WriteOutcome write(List<CorpusRecord> records, int partition, long start) {
        long begin = System.nanoTime();
        WriteOutcome outcome = writer.write(batch(records, partition, start, BEGIN + start));
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        if (took.compareTo(LONGEST_WRITE) > 0) {
            differences.add(records.get(0) + " and its batch took " + took);
        }
        return outcome;
    }

    /** As the loop puts a batch together from one poll. */
    private Batch batch(List<CorpusRecord> records, int partition, long start, long appendedAtMillis) {
        List<Row> rows = new ArrayList<>();
        for (CorpusRecord record : records) {
            rows.add(decoder.decode(polled(record, partition, start + rows.size()), appendedAtMillis));
        }
        OpenBatch open = new OpenBatch(BatchLimits.DEFAULT);
        open.add(new OffsetRange(partition, start, start + records.size(), 0, appendedAtMillis), rows);
        return open.take();
    }

    private static ConsumerRecord<byte[], byte[]> polled(CorpusRecord record, int partition, long offset) {
        return new ConsumerRecord<>(
                "events.v1",
                partition,
                offset,
                BEGIN,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                record.key(),
                record.value(),
                new RecordHeaders(record.headers()),
                Optional.of(0));
    }

    private static List<CorpusRecord> around(CorpusRecord record, Place place, int firstNumber) {
        List<CorpusRecord> batch = new ArrayList<>();
        for (int index = 0; index < place.size; index++) {
            batch.add(index == place.index ? record : neighbour(firstNumber + index));
        }
        return batch;
    }

    private static CorpusRecord neighbour(int number) {
        EventBuilder event = EventBuilder.EVENT.withKey(null).withId(EventBuilder.id(number));
        return new CorpusRecord("neighbour." + number, null, event.value(), List.of(), new Fate.Stored(event.event()));
    }

    private static String counts(List<CorpusRecord> sent) {
        long rejected = sent.stream()
                .filter(record -> record.fate() instanceof Fate.Rejected)
                .count();
        long events = sent.size() - rejected;
        return "events=%1$d identities=%1$d rejected=%2$d next=%3$d stored=%1$d duplicates=0 counted=%2$d"
                .formatted(events, rejected, sent.size());
    }
}

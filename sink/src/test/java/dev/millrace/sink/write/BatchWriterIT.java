package dev.millrace.sink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.sink.TestRows;
import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.upkeep.TablePartitions;
import dev.millrace.sink.write.WriteOutcome.Moved;
import dev.millrace.sink.write.WriteOutcome.Written;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchWriterIT {
    private final TestDatabase database = TestDatabase.create();
    private final BatchWriter writer = newWriter("topic-id");

    @BeforeEach
    void beginAtZero() {
        writer.storedOffsets(List.of(0));
    }

    @AfterEach
    void close() {
        writer.close();
        database.close();
    }

    @Test
    void rowsAndOffsetsAreStoredTogether() throws SQLException {
        // Given
        Batch batch = new Batch(
                List.of(TestRows.range(0, 3)),
                List.of(TestRows.row(0, TestRows.id(1), TestRows.PAYLOAD), TestRows.row(1, TestRows.id(2), "{}")),
                List.of(TestRows.rejected(2)));
        // When
        WriteOutcome outcome = writer.write(batch);
        // Then
        assertThat(outcome).isEqualTo(new Written(WritePath.COPY, 2, 0, 1));
        assertThat(query("SELECT kafka_offset, event_key, event_id, event_type, occurred_at AT TIME ZONE 'UTC',"
                        + " appended_at AT TIME ZONE 'UTC', payload, metadata FROM event ORDER BY kafka_offset"))
                .containsExactly(
                        "0|reader-7|" + TestRows.id(1) + "|book-lent|2021-07-21 06:00:00.123456|2026-11-22 12:00:00|"
                                + TestRows.PAYLOAD + "|{}",
                        "1|reader-7|" + TestRows.id(2)
                                + "|book-lent|2021-07-21 06:00:00.123456|2026-11-22 12:00:00.001|{}|{}");
        assertThat(query("SELECT kafka_offset, reason, detail, key, value, headers FROM rejected_event"))
                .containsExactly(
                        "2|undecodable|no event|null|\\x0001ff|[[\"trace\", \"AQ==\"], [\"empty\uFFFD\", null]]");
        assertThat(query("SELECT next_offset, leader_epoch, stored, duplicates, rejected FROM sink_offset"))
                .containsExactly("3|3|2|0|1");
        assertThat(writer.storedOffsets(List.of(0)))
                .containsExactly(new StoredOffset(0, 3, 3, TestRows.START.toEpochMilli() + 2));
    }

    @Test
    void eventSentTwiceIsStoredOnceWhetherInOneBatchOrInTwo() throws SQLException {
        // Given
        EventRow first = TestRows.row(0, TestRows.id(1), TestRows.PAYLOAD);
        EventRow again = TestRows.row(1, TestRows.id(1), "{\"copies\": 1.50,\"book\":\"Moby Dick\"}");
        EventRow later = TestRows.row(2, TestRows.id(1), TestRows.PAYLOAD);
        // When
        WriteOutcome one = writer.write(TestRows.batch(first, again));
        WriteOutcome two = writer.write(TestRows.batch(later, TestRows.row(3, TestRows.id(2), "{}")));
        // Then
        assertThat(one).isEqualTo(new Written(WritePath.INSERT, 1, 1, 0));
        assertThat(two).isEqualTo(new Written(WritePath.INSERT, 1, 1, 0));
        assertThat(query("SELECT kafka_offset FROM event ORDER BY 1")).containsExactly("0", "3");
        assertThat(query("SELECT next_offset, stored, duplicates, rejected FROM sink_offset"))
                .containsExactly("4|2|2|0");
    }

    @Test
    void sameIdWithAnotherPayloadIsRejectedAsConflictAndTheFirstStays() throws SQLException {
        // Given
        EventRow first = TestRows.row(0, TestRows.id(1), "{\"n\": 1}");
        EventRow other = TestRows.row(1, TestRows.id(1), "{\"n\": 2}");
        // When
        WriteOutcome outcome = writer.write(TestRows.batch(first, other));
        // Then
        assertThat(outcome).isEqualTo(new Written(WritePath.INSERT, 1, 0, 1, Map.of(0, 1)));
        assertThat(query("SELECT kafka_offset, payload FROM event")).containsExactly("0|{\"n\": 1}");
        assertThat(query("SELECT kafka_offset, reason, detail FROM rejected_event"))
                .containsExactly("1|conflict|event_id " + TestRows.id(1) + " is at 0:0 with another type or payload");
    }

    @Test
    void rowThatTheDatabaseRefusesIsRejectedAndItsNeighboursAreStored() throws SQLException {
        // Given
        EventRow bad = TestRows.unchecked(TestRows.row(1, TestRows.id(2), "{\"n\": 1e99}"), "1e99", "9e9999999");
        // When
        WriteOutcome outcome = writer.write(
                TestRows.batch(TestRows.row(0, TestRows.id(1), "{}"), bad, TestRows.row(2, TestRows.id(3), "{}")));
        // Then
        assertThat(outcome).isEqualTo(new Written(WritePath.COPY, 2, 0, 1, Map.of(0, 1)));
        assertThat(query("SELECT kafka_offset FROM event ORDER BY 1")).containsExactly("0", "2");
        assertThat(query("SELECT kafka_offset, reason, detail FROM rejected_event"))
                .containsExactly("1|refused_by_database|refused by the database, SQLSTATE 22003");
    }

    @Test
    void ofTwoWritersOnOnePartitionOneStoresAndTheOtherFindsOut() throws SQLException {
        try (BatchWriter other = newWriter("topic-id")) {
            // Given
            Batch batch = TestRows.batch(TestRows.row(0, TestRows.id(1), "{}"));
            writer.write(batch);
            // When
            WriteOutcome outcome = other.write(batch);
            // Then
            assertThat(outcome).isEqualTo(new Moved(Set.of(0)));
            assertThat(query("SELECT next_offset, stored, duplicates FROM sink_offset"))
                    .containsExactly("1|1|0");
        }
    }

    @Test
    void failedTransactionLeavesNeitherRowsNorOffsets() throws SQLException {
        // Given
        execute("ALTER TABLE event RENAME TO hidden");
        // When
        Throwable thrown = catchThrowable(() -> writer.write(TestRows.batch(TestRows.row(0, TestRows.id(1), "{}"))));
        // Then
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        WriteException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(WriteException.Kind.STOP));
        assertThat(query("SELECT next_offset, stored FROM sink_offset")).containsExactly("0|0");
        assertThat(query("SELECT * FROM event_identity")).isEmpty();
    }

    @Test
    void batchGoesInAfterItsConnectionWasEnded() throws SQLException {
        // Given
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'test-writer'");
        Batch batch = TestRows.batch(TestRows.row(0, TestRows.id(1), "{}"));
        // When
        Throwable first = catchThrowable(() -> writer.write(batch));
        WriteOutcome second = writer.write(batch);
        // Then
        assertThat(first)
                .isInstanceOfSatisfying(
                        WriteException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(WriteException.Kind.RETRY));
        assertThat(second).isEqualTo(new Written(WritePath.COPY, 1, 0, 0));
    }

    @Test
    void offsetsOfAnEarlierTopicAreRefused() {
        try (BatchWriter other = newWriter("made-again")) {
            // When
            Throwable thrown = catchThrowable(() -> other.storedOffsets(List.of(0)));
            // Then
            assertThat(thrown).hasMessageContaining("deleted and made again");
        }
    }

    @Test
    void longBatchWithLargeRowsArrivesWhole() throws SQLException {
        // Given
        String text = "é".repeat(20_000);
        List<EventRow> rows = new ArrayList<>();
        for (int offset = 0; offset < 100; offset++) {
            rows.add(TestRows.row(offset, TestRows.id(offset), "{\"text\":\"" + text + offset + "\"}"));
        }
        // When
        writer.write(TestRows.batch(rows.toArray(EventRow[]::new)));
        // Then
        assertThat(query("SELECT count(*), count(DISTINCT payload->>'text'), min(length(payload->>'text')) FROM event"))
                .containsExactly("100|100|20001");
    }

    private BatchWriter newWriter(String topicId) {
        return new BatchWriter(
                database.url() + "?user=" + TestDatabase.WRITER,
                "test-writer",
                "events.v1",
                topicId,
                new TablePartitions(database.url() + "?user=" + TestDatabase.OWNER));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> query(String sql) throws SQLException {
        try (Connection connection = database.connect(TestDatabase.READER);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                List<String> columns = new ArrayList<>();
                for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                    columns.add(row.getString(column));
                }
                rows.add(String.join("|", columns.stream().map(String::valueOf).toList()));
            }
            return rows;
        }
    }
}

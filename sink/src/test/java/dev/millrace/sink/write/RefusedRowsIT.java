package dev.millrace.sink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.sink.TestRows;
import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.upkeep.TablePartitions;
import dev.millrace.sink.write.WriteOutcome.Written;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows that passed every check of ours and that the database refuses all the same. */
@Timeout(60)
class RefusedRowsIT {
    private final TestDatabase database = TestDatabase.create();
    private final BatchWriter writer = new BatchWriter(
            database.url() + "?user=" + TestDatabase.WRITER,
            "test-writer",
            "events.v1",
            "topic-id",
            new TablePartitions(database.url() + "?user=" + TestDatabase.OWNER));

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
    void anyNumberOfRefusedRowsLeavesAllOthersStored() throws SQLException {
        // Given
        Set<Long> bad = Set.of(0L, 1L, 2L, 57L, 123L, 124L, 250L, 999L);
        Batch batch = batch(0, 1_000, offset -> bad.contains((long) offset));
        // When
        WriteOutcome outcome = writer.write(batch);
        // Then
        assertThat(outcome).isEqualTo(new Written(WritePath.ISOLATE, 992, 0, 8, Map.of(0, 8)));
        assertThat(offsets("SELECT kafka_offset FROM rejected_event WHERE reason = 'refused_by_database'"
                        + " AND detail = 'refused by the database, SQLSTATE 22003'"))
                .isEqualTo(new TreeSet<>(bad));
        assertThat(offsets("SELECT kafka_offset FROM event")).hasSize(992).doesNotContainAnyElementsOf(bad);
        assertThat(offsets("SELECT kafka_offset FROM event_identity")).hasSize(992);
        assertCountsAgree();
    }

    @Test
    void repeatsAndRefusedRowsInOneBatchAreToldApart() throws SQLException {
        // Given
        List<EventRow> rows =
                new ArrayList<>(batch(0, 200, offset -> offset % 10 == 3).events());
        rows.add(TestRows.row(200, TestRows.id(5), "{\"n\": 5}"));
        rows.add(TestRows.row(201, TestRows.id(6), "{\"n\": \"another\"}"));
        rows.add(TestRows.row(202, TestRows.id(3), "{\"n\": 3}"));
        // When
        WriteOutcome outcome = writer.write(TestRows.batch(rows.toArray(EventRow[]::new)));
        // Then: 3 was refused before, so its second record is the first of its id.
        assertThat(outcome).isEqualTo(new Written(WritePath.ISOLATE, 181, 1, 21, Map.of(0, 21)));
        assertThat(offsets("SELECT kafka_offset FROM rejected_event WHERE reason = 'conflict'"))
                .containsExactly(201L);
        assertThat(offsets("SELECT kafka_offset FROM event WHERE event_id = '" + TestRows.id(3) + "'"))
                .containsExactly(202L);
        assertCountsAgree();
    }

    @Test
    void rowThatNoLineNamesIsFoundByHalving() throws SQLException {
        // Given a check at the end of the statement, where the server no longer knows the line
        execute("""
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF NEW.payload @> '{"n": 77}' OR NEW.payload @> '{"n": 78}' THEN
                        RAISE EXCEPTION 'no' USING ERRCODE = '22023';
                    END IF;
                    RETURN NULL;
                END $$;
                CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON event FOR EACH ROW EXECUTE FUNCTION refuse();
                """);
        // When
        WriteOutcome outcome = writer.write(batch(0, 500, offset -> false));
        // Then
        assertThat(outcome).isEqualTo(new Written(WritePath.ISOLATE, 498, 0, 2, Map.of(0, 2)));
        assertThat(offsets("SELECT kafka_offset FROM rejected_event")).containsExactly(77L, 78L);
        assertCountsAgree();
    }

    @Test
    void rowThatBreaksANamedConstraintIsRejectedAndNoTablePartitionIsBlamed() throws SQLException {
        // Given
        execute("ALTER TABLE event ADD CONSTRAINT small CHECK (NOT payload @> '{\"n\": 7}')");
        // When
        WriteOutcome outcome = writer.write(batch(0, 20, offset -> false));
        // Then
        assertThat(outcome).isEqualTo(new Written(WritePath.COPY, 19, 0, 1, Map.of(0, 1)));
        assertThat(offsets("SELECT kafka_offset FROM rejected_event WHERE detail LIKE '%SQLSTATE 23514'"))
                .containsExactly(7L);
    }

    @Test
    void databaseThatRefusesEverythingStopsTheSinkAndNothingIsBlamedOnTheEvents() throws SQLException {
        // Given
        execute("ALTER TABLE event ADD CONSTRAINT nothing CHECK (kafka_offset < 0)");
        // When
        Throwable thrown = catchThrowable(() -> writer.write(batch(0, 500, offset -> false)));
        // Then
        assertThat(thrown)
                .hasMessageContaining("refuses nearly every event")
                .isInstanceOfSatisfying(
                        WriteException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(WriteException.Kind.STOP));
        assertThat(offsets("SELECT kafka_offset FROM rejected_event")).isEmpty();
        assertThat(offsets("SELECT next_offset FROM sink_offset")).containsExactly(0L);
    }

    @Test
    void connectionThatRefusedManyCopiesWritesOn() throws SQLException {
        // Given
        for (int batch = 0; batch < 20; batch++) {
            writer.write(batch(batch * 300, 300, offset -> offset % 9 == 0));
        }
        // When
        List<WriteOutcome> outcomes = new ArrayList<>();
        for (int batch = 20; batch < 32; batch++) {
            outcomes.add(writer.write(batch(batch * 300, 300, offset -> false)));
        }
        // Then
        assertThat(outcomes).first().isEqualTo(new Written(WritePath.ISOLATE, 300, 0, 0));
        assertThat(outcomes).last().isEqualTo(new Written(WritePath.COPY, 300, 0, 0));
        assertThat(offsets("SELECT kafka_offset FROM event")).hasSize(32 * 300 - 667);
        assertCountsAgree();
    }

    /** Each event has an id and a number of its own, and is refused where the predicate says so. */
    static Batch batch(int from, int count, IntPredicate isBad) {
        return TestRows.batch(IntStream.range(from, from + count)
                .mapToObj(offset -> {
                    EventRow row = TestRows.row(offset, TestRows.id(offset), "{\"n\": " + offset + "}");
                    return isBad.test(offset) ? TestRows.unchecked(row, "" + offset, "9e9999999") : row;
                })
                .toArray(EventRow[]::new));
    }

    private void assertCountsAgree() throws SQLException {
        assertThat(offsets("SELECT stored - (SELECT count(*) FROM event) FROM sink_offset"
                        + " UNION ALL SELECT stored - (SELECT count(*) FROM event_identity) FROM sink_offset"
                        + " UNION ALL SELECT rejected - (SELECT count(*) FROM rejected_event) FROM sink_offset"
                        + " UNION ALL SELECT next_offset - stored - duplicates - rejected FROM sink_offset"))
                .containsExactly(0L);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Set<Long> offsets(String sql) throws SQLException {
        try (Connection connection = database.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            Set<Long> offsets = new TreeSet<>();
            while (row.next()) {
                offsets.add(row.getLong(1));
            }
            return offsets;
        }
    }
}

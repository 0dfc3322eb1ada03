package dev.millrace.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.sink.TestRows;
import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.upkeep.TablePartitions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What all ways of writing rows must do when nothing repeats and nothing is refused: exactly the same. */
class RowWriterContractIT {
    private static final Batch BATCH = new Batch(
            List.of(TestRows.range(0, 4)),
            List.of(
                    TestRows.row(0, TestRows.id(9), TestRows.PAYLOAD),
                    TestRows.row(1, TestRows.id(3), "{\"text\":\"\\ud83d\\ude00 \\t\"}"),
                    TestRows.row(3, TestRows.id(1), "{}")),
            List.of(TestRows.rejected(2)));

    @Test
    void allWaysLeaveTheSameRows() throws SQLException {
        // Given
        CopyRowWriter copy = new CopyRowWriter("events.v1", new CopyStream(new CopyBuffer()));
        // When
        String copied = rowsAfter(copy);
        InsertRowWriter insert = new InsertRowWriter(copy);
        String inserted = rowsAfter(insert);
        String isolated = rowsAfter(new IsolatingRowWriter(copy, insert));
        // Then
        assertThat(inserted).isEqualTo(copied).contains("Moby Dick").contains("undecodable");
        assertThat(isolated).isEqualTo(copied);
    }

    private static String rowsAfter(RowWriter writer) throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection connection = database.connect(TestDatabase.WRITER)) {
            new TablePartitions(database.url() + "?user=" + TestDatabase.OWNER)
                    .ensure(List.of(TestRows.START), Instant::toEpochMilli);
            connection.setAutoCommit(false);
            Verdicts verdicts = writer.write(connection, BATCH);
            assertThat(verdicts).isEqualTo(Verdicts.NONE);
            return print(connection, "event")
                    + print(connection, "event_identity")
                    + print(
                            connection,
                            "(SELECT topic, kafka_partition, kafka_offset, reason, detail, key, value,"
                                    + " headers, published_at FROM rejected_event)");
        }
    }

    private static String print(Connection connection, String relation) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT string_agg(r::text, E'\\n' ORDER BY r.kafka_offset) FROM " + relation + " r")) {
            row.next();
            return row.getString(1) + "\n";
        }
    }
}

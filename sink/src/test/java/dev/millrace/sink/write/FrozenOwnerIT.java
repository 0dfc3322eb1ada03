package dev.millrace.sink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.sink.TestRows;
import dev.millrace.sink.upkeep.TablePartitions;
import dev.millrace.sink.write.WriteOutcome.Written;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** A sink that froze in the middle of a COPY holds its offsets for ever, unless its successor acts. */
@Timeout(30)
class FrozenOwnerIT {
    private final TestDatabase database = TestDatabase.create();
    private final BatchWriter successor = new BatchWriter(
            database.url() + "?user=" + TestDatabase.WRITER,
            "test-successor",
            "events.v1",
            "topic-id",
            new TablePartitions(database.url() + "?user=" + TestDatabase.OWNER));

    private @Nullable Connection frozen;

    @AfterEach
    void close() throws SQLException {
        if (frozen != null) {
            // A connection in the middle of a COPY cannot be closed politely.
            frozen.abort(Runnable::run);
        }
        successor.close();
        database.close();
    }

    @Test
    void successorEndsTheBackendThatWaitsForCopyDataAndStoresTheBatch() throws SQLException {
        // Given
        successor.storedOffsets(List.of(0));
        freezeInCopy();
        // When
        WriteOutcome outcome = successor.write(TestRows.batch(TestRows.row(0, TestRows.id(1), "{}")));
        // Then
        assertThat(outcome).isEqualTo(new Written(WritePath.COPY, 1, 0, 0));
        assertThat(successor.storedOffsets(List.of(0)).get(0).nextOffset()).isEqualTo(1);
    }

    @Test
    void successorLearnsWhereToReadFromAFrozenOwner() throws SQLException {
        // Given
        successor.storedOffsets(List.of(0));
        freezeInCopy();
        // When
        List<StoredOffset> stored = successor.storedOffsets(List.of(0));
        // Then
        assertThat(stored.get(0).nextOffset()).isZero();
    }

    @Test
    void ownerOfAnotherRoleIsLeftAlone() throws SQLException {
        // Given
        successor.storedOffsets(List.of(0));
        try (Connection person = database.connect(TestDatabase.OWNER);
                Statement statement = person.createStatement()) {
            person.setAutoCommit(false);
            statement.execute("SELECT * FROM sink_offset FOR UPDATE");
            // When
            Throwable thrown =
                    catchThrowable(() -> successor.write(TestRows.batch(TestRows.row(0, TestRows.id(1), "{}"))));
            // Then
            assertThat(thrown)
                    .isInstanceOfSatisfying(
                            WriteException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(WriteException.Kind.RETRY));
            assertThat(person.isValid(1)).isTrue();
        }
    }

    /** As a sink does, up to the middle of its COPY. */
    private void freezeInCopy() throws SQLException {
        frozen = database.connect(TestDatabase.WRITER);
        frozen.setAutoCommit(false);
        try (Statement statement = frozen.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE sink_offset SET next_offset = 7"))
                    .isEqualTo(1);
        }
        CopyIn copy = frozen.unwrap(PGConnection.class).getCopyAPI().copyIn(TableCopy.IDENTITY_COPY);
        copy.flushCopy();
    }
}

package dev.millrace.sink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.schemas.testing.CommitFault;
import dev.millrace.schemas.testing.CommitFault.Loss;
import dev.millrace.schemas.testing.EventBuilder;
import dev.millrace.schemas.testing.LinkFault;
import dev.millrace.schemas.testing.TcpProxy;
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
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The line to the database fails in the worst moments: nothing is lost and nothing is stored twice. */
class LostCommitIT {
    private static final int ROWS = 500;
    private static final Batch BATCH = batch();

    private final TestDatabase database = TestDatabase.create();
    private final TcpProxy proxy =
            new TcpProxy(database.server().host(), database.server().port());
    private final CommitFault commits = new CommitFault();
    private final TablePartitions tablePartitions = new TablePartitions(database.url() + "?user=" + TestDatabase.OWNER);
    private final BatchWriter writer = new BatchWriter(
            database.urlVia(proxy.port()) + "?user=" + TestDatabase.WRITER,
            "test-writer",
            "events.v1",
            "topic-id",
            tablePartitions);

    @BeforeEach
    void beginAtZero() throws SQLException {
        proxy.toServer(commits::watch);
        tablePartitions.ensure(List.of(TestRows.START), Instant::toEpochMilli);
        writer.storedOffsets(List.of(0));
    }

    @AfterEach
    void close() {
        writer.close();
        proxy.close();
        database.close();
    }

    @Test
    void batchIsWrittenWhenOnlyTheAnswerToItsCommitIsLost() throws SQLException {
        // Given
        commits.hitNext(Loss.ANSWER);
        // When
        WriteOutcome outcome = writer.write(BATCH);
        // Then
        assertThat(commits.hasHit()).isTrue();
        assertThat(outcome).isEqualTo(new Written(WritePath.COPY, ROWS, 0, 0));
        assertStoredOnce();
    }

    @Test
    void batchIsWrittenOnceWhenItsCommitNeverArrived() throws SQLException {
        // Given
        commits.hitNext(Loss.COMMIT);
        // When
        Throwable first = catchThrowable(() -> writer.write(BATCH));
        assertNothingStored();
        WriteOutcome second = writer.write(BATCH);
        // Then
        assertThat(commits.hasHit()).isTrue();
        assertRetry(first);
        assertThat(second).isEqualTo(new Written(WritePath.COPY, ROWS, 0, 0));
        assertStoredOnce();
    }

    @RepeatedTest(5)
    void batchIsWrittenOnceWhenNobodyKnowsWhetherItsCommitArrived() throws SQLException {
        // Given
        commits.hitNext(Loss.LINE);
        // When
        Throwable failure = catchThrowable(() -> writer.write(BATCH));
        if (failure != null) {
            assertRetry(failure);
            assertNothingStored();
            writer.write(BATCH);
        }
        // Then
        assertThat(commits.hasHit()).isTrue();
        assertStoredOnce();
    }

    @Test
    void writerThatCannotAskFindsTheBatchStoredWhenItTriesAgain() throws SQLException {
        // Given
        commits.hitNext(Loss.ANSWER);
        // The connection on which the offsets would be asked brings no answer either.
        proxy.toClient(() -> (bytes, length, link) -> {
            if (commits.hasHit()) {
                link.cut();
            } else {
                link.forward(bytes, 0, length);
            }
        });
        // When
        Throwable first = catchThrowable(() -> writer.write(BATCH));
        proxy.heal();
        WriteOutcome second = writer.write(BATCH);
        // Then
        assertRetry(first);
        assertThat(second).isEqualTo(new Moved(Set.of(0)));
        assertThat(writer.storedOffsets(List.of(0)))
                .extracting(StoredOffset::nextOffset)
                .containsExactly((long) ROWS);
        assertStoredOnce();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, 50_000, 200_000, 400_000})
    void nothingIsVisibleOfABatchWhoseConnectionWasCutInTheMiddle(long bytes) throws SQLException {
        // Given
        LinkFault fault = LinkFault.cutAfter(bytes);
        proxy.toServer(() -> fault);
        // When
        Throwable first = catchThrowable(() -> writer.write(BATCH));
        assertNothingStored();
        WriteOutcome second = writer.write(BATCH);
        // Then
        assertRetry(first);
        assertThat(second).isEqualTo(new Written(WritePath.COPY, ROWS, 0, 0));
        assertStoredOnce();
    }

    private static void assertRetry(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        WriteException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(WriteException.Kind.RETRY));
    }

    private void assertNothingStored() throws SQLException {
        assertThat(counts()).isEqualTo("events=0 identities=0 next=0 stored=0 duplicates=0");
    }

    private void assertStoredOnce() throws SQLException {
        assertThat(counts()).isEqualTo("events=500 identities=500 next=500 stored=500 duplicates=0");
    }

    /** Asked directly, not through the proxy. */
    private String counts() throws SQLException {
        try (Connection connection = database.connect(TestDatabase.READER);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT format('events=%s identities=%s next=%s stored=%s duplicates=%s',"
                                + " (SELECT count(*) FROM event), (SELECT count(*) FROM event_identity),"
                                + " next_offset, stored, duplicates) FROM sink_offset")) {
            row.next();
            return row.getString(1);
        }
    }

    /** About 500 KB of events, so that COPY needs several messages. */
    private static Batch batch() {
        String text = "x".repeat(900);
        return TestRows.batch(IntStream.range(0, ROWS)
                .mapToObj(number -> TestRows.row(
                        number, EventBuilder.id(number), "{\"number\":%d,\"text\":\"%s\"}".formatted(number, text)))
                .toArray(EventRow[]::new));
    }
}

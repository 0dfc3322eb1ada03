package dev.millrace.sink.write;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.testing.EventBuilder;
import dev.millrace.schemas.testing.LinkFault;
import dev.millrace.schemas.testing.TcpProxy;
import dev.millrace.schemas.testing.TestDatabase;
import dev.millrace.schemas.testing.TransactionHold;
import dev.millrace.sink.TestRows;
import dev.millrace.sink.batch.Batch;
import dev.millrace.sink.batch.EventRow;
import dev.millrace.sink.upkeep.TablePartitions;
import dev.millrace.sink.write.WriteOutcome.Moved;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A transaction reaches the database after those of the writer's successor. */
class HeldTransactionIT {
    private static final int ROWS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TestDatabase database = TestDatabase.create();
    private final TcpProxy proxy =
            new TcpProxy(database.server().host(), database.server().port());
    private final TransactionHold begins = new TransactionHold();
    private final TablePartitions tablePartitions = new TablePartitions(database.url() + "?user=" + TestDatabase.OWNER);
    private final BatchWriter zombie = writer(database.urlVia(proxy.port()));
    private final BatchWriter successor = writer(database.url());

    @BeforeEach
    void beginAtZero() throws SQLException {
        proxy.toServer(() -> begins.watch(LinkFault.NONE));
        tablePartitions.ensure(List.of(TestRows.START), Instant::toEpochMilli);
        zombie.storedOffsets(List.of(0));
    }

    @AfterEach
    void close() {
        zombie.close();
        successor.close();
        proxy.close();
        database.close();
    }

    @Test
    void zombieLocksNothingWhileItIsHeldAndMovesNothingWhenItComes() throws Exception {
        // Given
        CompletableFuture<WriteOutcome> late = begin(zombie, batch(0));
        TransactionHold.Held held = requireNonNull(begins.holdNext(PATIENCE));
        // When
        successor.write(batch(0));
        successor.write(batch(1));
        boolean endedEarly = late.isDone();
        held.passOn();
        WriteOutcome outcome = late.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        // Then
        assertThat(endedEarly).isFalse();
        assertThat(outcome).isEqualTo(new Moved(Set.of(0)));
        assertThat(zombie.storedOffsets(List.of(0)))
                .extracting(StoredOffset::nextOffset)
                .containsExactly(2L * ROWS);
    }

    @Test
    void nothingIsHeldOnceTheWaitIsOver() throws Exception {
        // When
        TransactionHold.Held held = begins.holdNext(Duration.ofMillis(1));
        WriteOutcome outcome = begin(zombie, batch(0)).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        // Then
        assertThat(held).isNull();
        assertThat(outcome).isInstanceOf(WriteOutcome.Written.class);
    }

    private BatchWriter writer(String url) {
        return new BatchWriter(
                url + "?user=" + TestDatabase.WRITER, "test-writer", "events.v1", "topic-id", tablePartitions);
    }

    /** It begins a little later, when the hold is there to see it. */
    private static CompletableFuture<WriteOutcome> begin(BatchWriter writer, Batch batch) {
        return CompletableFuture.supplyAsync(
                () -> writer.write(batch), CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
    }

    private static Batch batch(int number) {
        return TestRows.batch(IntStream.range(number * ROWS, (number + 1) * ROWS)
                .mapToObj(offset -> TestRows.row(offset, EventBuilder.id(offset), "{\"number\":" + offset + "}"))
                .toArray(EventRow[]::new));
    }
}

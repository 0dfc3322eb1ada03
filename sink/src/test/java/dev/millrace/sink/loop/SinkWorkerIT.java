package dev.millrace.sink.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.sink.TestRows;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The loop, step by step: reading, writing, and what may go wrong in between. */
class SinkWorkerIT {
    private final SteppedWorker loop = new SteppedWorker();

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void assignedPartitionStaysPausedUntilTheDatabaseSaysWhereToRead() {
        // Given
        loop.subscribeAndAssign();
        // When
        loop.consumer.schedulePollTask(() -> loop.consumer.rebalance(Set.of(SteppedWorker.PARTITION)));
        loop.worker.runOnce();
        // Then
        assertThat(loop.consumer.paused()).containsExactly(SteppedWorker.PARTITION);
        assertThat(loop.worker.isReady()).isFalse();
        loop.stepUntil(loop.worker::isReady);
        assertThat(loop.consumer.paused()).isEmpty();
        assertThat(loop.consumer.position(SteppedWorker.PARTITION)).isZero();
    }

    @Test
    void recordsArriveInTheTableWithTheirOffsets() {
        // Given
        loop.assignAndLocate();
        // When
        loop.add(0, TestRows.id(1));
        loop.add(1, TestRows.id(2));
        loop.addBad(2);
        // Then
        loop.stepUntil(() -> loop.storedNextOffset() == 3);
        assertThat(loop.count("event")).isEqualTo(2);
        assertThat(loop.count("rejected_event")).isEqualTo(1);
    }

    @Test
    void batchWaitsForOthersToComeUnlessItIsFull() {
        // Given
        loop.assignAndLocate();
        loop.add(0, TestRows.id(1));
        loop.stepUntil(() -> loop.storedNextOffset() == 1);
        loop.clock.pass(SteppedWorker.MAX_AGE);
        // When
        loop.add(1, TestRows.id(2));
        loop.runUntilStored(2);
        loop.add(2, TestRows.id(3));
        loop.clock.pass(SteppedWorker.MAX_AGE.minusNanos(1));
        // Then
        for (int step = 0; step < 50; step++) {
            loop.worker.runOnce();
            assertThat(loop.storedNextOffset()).isEqualTo(2);
        }
        loop.clock.pass(Duration.ofNanos(1));
        loop.runUntilStored(3);
        // When
        loop.add(3, TestRows.id(4));
        loop.add(4, TestRows.id(5));
        loop.add(5, TestRows.id(6));
        // Then
        loop.runUntilStored(6);
    }

    @Test
    void readsOnFromTheStoredOffsetAfterSomebodyElseMovedIt() {
        // Given
        loop.assignAndLocate();
        loop.execute("UPDATE sink_offset SET next_offset = 2");
        // When
        loop.add(0, TestRows.id(1));
        // Then
        loop.stepUntil(() -> loop.consumer.position(SteppedWorker.PARTITION) == 2);
        assertThat(loop.count("event")).isZero();
        loop.add(2, TestRows.id(3));
        loop.stepUntil(() -> loop.storedNextOffset() == 3);
        assertThat(loop.count("event")).isEqualTo(1);
    }

    @Test
    void batchThatFailedIsWrittenWhenTheDatabaseIsWell() {
        // Given
        loop.assignAndLocate();
        loop.execute("ALTER ROLE millrace_writer CONNECTION LIMIT 0");
        loop.endConnections();
        // When
        loop.add(0, TestRows.id(1));
        loop.stepUntil(() -> !loop.worker.isReady());
        loop.execute("ALTER ROLE millrace_writer CONNECTION LIMIT -1");
        // Then
        loop.stepUntil(() -> loop.storedNextOffset() == 1);
        assertThat(loop.count("event")).isEqualTo(1);
    }

    @Test
    void failedBatchIsNotTriedAgainBeforeItsTime() {
        // Given
        loop.assignAndLocate();
        loop.endConnections();
        loop.add(0, TestRows.id(1));
        loop.stepUntil(() -> !loop.worker.isReady());
        // When
        await().pollInSameThread().during(Duration.ofMillis(100)).until(() -> {
            loop.worker.runOnce();
            return loop.storedNextOffset() == 0;
        });
        loop.clock.pass(Duration.ofMillis(100));
        // Then
        await().pollInSameThread().until(() -> {
            loop.worker.runOnce();
            return loop.storedNextOffset() == 1;
        });
    }

    @Test
    void partitionThatComesBackIsReadFromTheStoredOffset() {
        // Given
        loop.assignAndLocate();
        loop.add(0, TestRows.id(1));
        loop.stepUntil(() -> loop.storedNextOffset() == 1);
        loop.consumer.rebalance(List.of());
        // When
        loop.consumer.rebalance(Set.of(SteppedWorker.PARTITION));
        // Then
        loop.stepUntil(loop.worker::isReady);
        assertThat(loop.consumer.position(SteppedWorker.PARTITION)).isEqualTo(1);
        assertThat(loop.consumer.paused()).isEmpty();
    }

    @Test
    void lostTailIsReadAgainWithoutNewRecords() {
        // Given
        loop.assignAndLocate();
        loop.add(0, TestRows.id(1));
        loop.stepUntil(() -> loop.storedNextOffset() == 1);
        // When
        loop.execute(
                "DELETE FROM event; DELETE FROM event_identity; UPDATE sink_offset SET next_offset = 0, stored = 0");
        // Then
        loop.stepUntil(() -> loop.consumer.position(SteppedWorker.PARTITION) == 0);
        loop.add(0, TestRows.id(1)); // Kafka's stand-in forgets what it has delivered.
        loop.stepUntil(() -> loop.storedNextOffset() == 1);
        assertThat(loop.count("event")).isEqualTo(1);
    }

    @Test
    void lagCountsWhatIsNotStoredWhileTheDatabaseIsAway() {
        // Given
        loop.assignAndLocate();
        assertThat(loop.lag("records")).isZero();
        loop.execute("ALTER ROLE millrace_writer CONNECTION LIMIT 0");
        loop.endConnections();
        // When
        loop.add(0, TestRows.id(1));
        loop.stepUntil(() -> !loop.worker.isDatabaseAnswering());
        loop.logEnd = 10; // nine more that the consumer, once paused, does not see
        loop.stepUntil(() -> loop.lag("records") == 10);
        // Then
        assertThat(loop.worker.isInPlace()).isTrue();
        loop.clock.set(TestRows.START.plusSeconds(60));
        assertThat(loop.lag("seconds")).isEqualTo(60);
        // When
        loop.execute("ALTER ROLE millrace_writer CONNECTION LIMIT -1");
        // Then
        loop.stepUntil(() -> loop.lag("records") == 9);
        // When
        loop.consumer.rebalance(List.of());
        // Then
        loop.stepUntil(() -> loop.lag("records") < 0);
        assertThat(loop.lag("seconds")).isNegative();
    }
}

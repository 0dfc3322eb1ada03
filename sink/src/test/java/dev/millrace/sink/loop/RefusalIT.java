package dev.millrace.sink.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.millrace.sink.TestRows;
import dev.millrace.sink.metrics.StopReason;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The loop, step by step: what it refuses to go on with. */
class RefusalIT {
    private final SteppedWorker loop = new SteppedWorker();

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void recordsThatMayBeOfAnotherTopicWaitForALook() {
        // Given
        loop.assignAndLocate();
        CompletableFuture<Void> look = new CompletableFuture<>();
        loop.topic.changes(look);
        loop.add(0, TestRows.id(1));
        // When
        loop.stepUntil(() -> loop.consumer.position(SteppedWorker.PARTITION) == 1);
        await().pollInSameThread().during(Duration.ofMillis(200)).until(() -> {
            loop.worker.runOnce();
            return loop.storedNextOffset() == 0;
        });
        look.complete(null);
        // Then
        loop.stepUntil(() -> loop.storedNextOffset() == 1);
    }

    @Test
    void recordsOfAnotherTopicAreNeverWrittenAndEndTheLoop() {
        // Given
        loop.assignAndLocate();
        loop.topic.changes(
                CompletableFuture.failedFuture(new CompletionException(new TopicRefusedException("made again"))));
        loop.add(0, TestRows.id(1));
        // When
        Throwable thrown = catchThrowable(() -> loop.stepUntil(() -> false));
        // Then
        assertThat(thrown).isInstanceOf(TopicRefusedException.class);
        assertThat(loop.storedNextOffset()).isZero();
    }

    @Test
    void partitionWhoseLogWasWrittenAnewBelowItsOffsetStops() {
        // Given
        loop.assignAndLocate();
        // When
        loop.consumer.setPollException(new LogTruncationException(
                Map.of(SteppedWorker.PARTITION, 0L), Map.of(SteppedWorker.PARTITION, new OffsetAndMetadata(0))));
        loop.stepUntil(() -> loop.worker.stoppedPartitions().get(0) == StopReason.DIVERGED);
        // Then
        assertThat(loop.consumer.paused()).containsExactly(SteppedWorker.PARTITION);
    }

    @Test
    void partitionReadBeyondACutThatTheDatabaseHasNotReachedGoesOn() {
        // Given
        loop.assignAndLocate();
        loop.add(0, TestRows.id(1));
        loop.stepUntil(() -> loop.storedNextOffset() == 1);
        // When
        loop.consumer.setPollException(new LogTruncationException(
                Map.of(SteppedWorker.PARTITION, 1L), Map.of(SteppedWorker.PARTITION, new OffsetAndMetadata(1))));
        loop.stepUntil(() -> !loop.worker.isReady());
        // Then
        loop.stepUntil(loop.worker::isReady);
        assertThat(loop.worker.stoppedPartitions()).isEmpty();
        assertThat(loop.consumer.position(SteppedWorker.PARTITION)).isEqualTo(1);
    }

    @Test
    void failedStatementIsToldInTheServersWordsWithoutItsValues() {
        // Given
        loop.assignAndLocate();
        loop.execute("REVOKE UPDATE ON sink_offset FROM millrace_writer");
        // When
        loop.add(0, TestRows.id(1));
        Throwable thrown = catchThrowable(() -> loop.stepUntil(() -> false));
        // Then
        assertThat(thrown.getCause().getMessage())
                .endsWith("sqlState=42501 permission denied for table sink_offset")
                .doesNotContain("UPDATE");
    }
}

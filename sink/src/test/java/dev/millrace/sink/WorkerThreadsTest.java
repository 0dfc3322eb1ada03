package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.sink.WorkerThreads.Loop;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class WorkerThreadsTest {
    private final Steady first = new Steady();
    private final Steady second = new Steady();

    @Test
    void endIsAwaitedOfAllThatWereTold() throws InterruptedException {
        // Given
        WorkerThreads threads = new WorkerThreads(List.of(first.loop(), second.loop()));
        // When
        threads.stop();
        // Then
        threads.awaitEnd();
        assertThat(first.hasEnded() && second.hasEnded()).isTrue();
    }

    @Test
    void failureOfOneEndsTheOthersAndIsWhatIsTold() {
        // Given
        Loop failing = new Loop(
                "failing",
                () -> {
                    throw new IllegalArgumentException("no table");
                },
                () -> {});
        // When
        WorkerThreads threads = new WorkerThreads(List.of(first.loop(), failing, second.loop()));
        Throwable told = catchThrowable(threads::awaitEnd);
        // Then
        assertThat(told).isInstanceOf(IllegalStateException.class).hasMessage("the sink stopped: no table");
        first.awaitEnd();
        second.awaitEnd();
    }

    @Test
    void afterAFailureStoppingWaitsForTheOthersAndTheFailureIsStillTold() {
        // Given
        Loop failing = new Loop(
                "failing",
                () -> {
                    throw new OutOfMemoryError("heap");
                },
                () -> {});
        WorkerThreads threads = new WorkerThreads(List.of(failing, first.loop()));
        // When
        threads.stop();
        // Then
        assertThat(first.hasEnded()).isTrue();
        assertThatThrownBy(threads::awaitEnd).hasMessage("the sink stopped: heap");
    }

    /** Works until it is told to stop. */
    private static final class Steady {
        private final CountDownLatch told = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);

        Loop loop() {
            return new Loop("steady", this::work, told::countDown);
        }

        boolean hasEnded() {
            return ended.getCount() == 0;
        }

        void awaitEnd() {
            await(ended);
        }

        private void work() {
            await(told);
            ended.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }
}

package dev.millrace.compose.endtoend;

import static org.awaitility.Awaitility.await;

import dev.millrace.schemas.Position;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** What writers and readers of one trial share. Thread-safe. */
final class WalkTrial {
    private final long seed;
    private final Duration length;
    private final String queryApiUrl;
    private final NumbersByPosition acknowledged = new NumbersByPosition();
    private final long deadline;
    private volatile Map<Integer, Long> everything = Map.of();
    private volatile boolean waitingOver;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /**
     * @param length how long events come
     * @param patience how long readers may take after that
     */
    WalkTrial(long seed, Duration length, Duration patience, String queryApiUrl) {
        this.seed = seed;
        this.length = length;
        this.queryApiUrl = queryApiUrl;
        deadline = System.nanoTime() + length.plus(patience).toNanos();
    }

    long seed() {
        return seed;
    }

    Duration length() {
        return length;
    }

    String queryApiUrl() {
        return queryApiUrl;
    }

    /** What Kafka has acknowledged so far. */
    NumbersByPosition acknowledged() {
        return acknowledged;
    }

    void acknowledge(Position at, int number) {
        acknowledged.put(at.partition(), at.offset(), number);
    }

    /** No event comes any more, and each has its acknowledgement. */
    void end() {
        everything = acknowledged.through();
    }

    boolean hasEnded() {
        return !everything.isEmpty();
    }

    /** Whether that includes all events of the trial. */
    boolean isEverything(Map<Integer, Long> included) {
        return hasEnded() && included.equals(everything);
    }

    /** Acknowledgements may come after the event was shown, but not much. */
    void awaitAcknowledged(Map<Integer, Long> included, Duration limit) {
        await("acknowledgements through " + included)
                .pollInterval(Duration.ofMillis(10))
                .atMost(limit)
                .until(() -> {
                    Map<Integer, Long> through = acknowledged.through();
                    return included.entrySet().stream().allMatch(each -> through.get(each.getKey()) >= each.getValue());
                });
    }

    /** Everything runs undisturbed again: whoever has read its own writes may stop. */
    void stopWaiting() {
        waitingOver = true;
    }

    boolean waitingIsOver() {
        return waitingOver;
    }

    /** Somebody has found something: all may stop. The first one counts. */
    void fail(Throwable reason) {
        failure.compareAndSet(null, reason);
    }

    boolean hasFailed() {
        return failure.get() != null;
    }

    /** @throws AssertionError if somebody has found something */
    void requireGood() {
        Throwable reason = failure.get();
        if (reason != null) {
            throw new AssertionError(reason.getMessage(), reason);
        }
    }

    /** @throws AssertionError when it takes too long; {@link IllegalStateException} when another one has failed */
    void requireTime() {
        if (hasFailed()) {
            throw new IllegalStateException("another one has failed");
        }
        if (System.nanoTime() > deadline) {
            throw new AssertionError("not at the end in time; everything is " + everything);
        }
    }

    /** A pause between two looks. */
    void pause(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
    }
}

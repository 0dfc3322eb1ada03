package dev.millrace.sink.loop;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again whether the topic is still the one that the sink began with. A consumer that
 * hears of a new topic of the same name reads on in it without a word, so after each of its news what
 * it delivers is not to be written before a look which began later. Not thread-safe.
 */
final class TopicWatch {
    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    /** A broker that has just started may not know a topic for a moment. */
    private static final int ABSENT_LIMIT = 3;

    private final TopicView view;
    private final Runnable wakeup;
    private final Ticker ticker;
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), INTERVAL);
    private @Nullable CompletableFuture<Void> answer;
    private long dueNanos;
    private long newsAtLook;
    private long newsConfirmed = -1;
    private int absent;

    /** @param wakeup called when an answer is there, in any thread */
    TopicWatch(TopicView view, Runnable wakeup, Ticker ticker) {
        this.view = view;
        this.wakeup = wakeup;
        this.ticker = ticker;
        dueNanos = ticker.nanoTime();
    }

    /**
     * Takes an answer, or asks if it is time.
     *
     * @throws TopicRefusedException if the topic is gone or another one
     */
    void step() {
        if (answer != null && answer.isDone()) {
            take(answer);
            answer = null;
        }
        if (answer == null && ticker.nanoTime() - dueNanos >= 0) {
            newsAtLook = view.news();
            answer = view.look();
            answer.whenComplete((done, failure) -> wakeup.run());
        }
    }

    /** Whether everything that the consumer has delivered so far is of this topic. */
    boolean isConfirmed() {
        boolean confirmed = newsConfirmed == view.news();
        if (!confirmed && backoff.failures() == 0) {
            lookNow();
        }
        return confirmed;
    }

    /** Something is odd: does not wait for the next time. */
    void lookNow() {
        dueNanos = ticker.nanoTime();
    }

    private void take(CompletableFuture<Void> done) {
        try {
            done.join();
            newsConfirmed = newsAtLook;
            absent = 0;
            backoff.reset();
            dueNanos = ticker.nanoTime() + INTERVAL.toNanos();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof TopicRefusedException refused) {
                throw refused;
            }
            absent = failed.getCause() instanceof UnknownTopicOrPartitionException ? absent + 1 : 0;
            if (absent == ABSENT_LIMIT) {
                throw new TopicRefusedException("the topic was deleted while the sink ran; " + TopicInspector.REMEDY);
            }
            Duration wait = backoff.next();
            dueNanos = ticker.nanoTime() + (absent > 0 ? INTERVAL.dividedBy(ABSENT_LIMIT) : wait).toNanos();
            LOG.warn(
                    "topic not looked at, will try again: attempt={} reason={}",
                    backoff.failures(),
                    String.valueOf(failed.getCause()));
        }
    }
}

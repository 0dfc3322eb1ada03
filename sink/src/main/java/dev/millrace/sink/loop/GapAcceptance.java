package dev.millrace.sink.loop;

import dev.millrace.sink.write.Gap;
import dev.millrace.sink.write.WriteException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts the gaps that are recorded when the worker starts, if a person said so. Not those that are
 * found later: nobody has seen them. Not thread-safe.
 */
final class GapAcceptance {
    private static final Logger LOG = LoggerFactory.getLogger(GapAcceptance.class);

    private final String topic;
    private final WriterThread writer;
    private final Ticker ticker;
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    private boolean pending;
    private @Nullable CompletableFuture<List<Gap>> answer;
    private long dueNanos;

    /** @param asked whether a person said so */
    GapAcceptance(String topic, boolean asked, WriterThread writer, Ticker ticker) {
        this.topic = topic;
        this.writer = writer;
        this.ticker = ticker;
        pending = asked;
        dueNanos = ticker.nanoTime();
    }

    /** Asks the database until it has answered once. */
    void step() {
        if (answer != null && answer.isDone()) {
            take(answer);
            answer = null;
        }
        if (pending && answer == null && ticker.nanoTime() - dueNanos >= 0) {
            answer = writer.acceptGaps();
        }
    }

    private void take(CompletableFuture<List<Gap>> done) {
        try {
            List<Gap> gaps = done.join();
            pending = false;
            gaps.forEach(gap -> LOG.warn(
                    "gap accepted, these records are never stored: topic={} partition={} fromOffset={} untilOffset={}",
                    topic,
                    gap.partition(),
                    gap.from(),
                    gap.until()));
            if (gaps.isEmpty()) {
                LOG.info("no gap to accept: topic={}", topic);
            }
        } catch (CompletionException failed) {
            WriteException failure = WriteException.retryOf(failed);
            dueNanos = ticker.nanoTime() + backoff.next().toNanos();
            LOG.warn("gaps not accepted yet, will try again: reason={}", failure.getMessage());
        }
    }
}

package dev.millrace.sink.reject;

import dev.millrace.sink.loop.Ticker;
import dev.millrace.sink.reject.Publication.Refused;
import dev.millrace.sink.reject.RejectedEvent.Place;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that the topic does not take. They are passed over, so that they hold up nobody, and tried
 * again more and more rarely: the topic's limit may be raised. Not thread-safe.
 */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    /** So many are named, each once; a topic that takes nothing is not to fill the log. */
    private static final int MOST_NAMED = 1_000;

    private final Pacing pacing;
    private final Ticker ticker;
    private final Set<Place> named = new HashSet<>();
    private Duration wait;
    private boolean any;
    private long dueNanos;

    Refusals(Pacing pacing, Ticker ticker) {
        this.pacing = pacing;
        this.ticker = ticker;
        this.wait = pacing.firstRetry();
    }

    /** Notes one; the first of a pass decides when the next pass is. */
    void add(Refused refused) {
        if (!any) {
            any = true;
            dueNanos = ticker.nanoTime() + wait.toNanos();
            wait = Pacing.doubled(wait, pacing.longestRetry());
        }
        Place place = refused.event().place();
        if (named.size() < MOST_NAMED && named.add(place)) {
            LOG.error(
                    "rejected event does not fit into the topic, kept in the table, will try again: event={} reason={}",
                    place,
                    refused.reason());
        }
    }

    /** At the end of a pass: whether the next begins with the oldest, or waits for what is new. */
    boolean beginsAgain() {
        if (!any) {
            wait = pacing.firstRetry();
            named.clear();
            return true;
        }
        if (ticker.nanoTime() - dueNanos < 0) {
            return false;
        }
        any = false;
        return true;
    }

    /** Forgets this pass: it is broken off and begins again. */
    void restart() {
        any = false;
    }
}

package dev.millrace.compose.tail;

import dev.millrace.compose.tail.TailException.Kind;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on each matching event once, as long as anybody wants them. An API that goes away and comes
 * back costs nothing but time, because the cursor says what was delivered. For one thread.
 */
public final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    /** Small enough for memory if every event is as large as may be. */
    private static final int PAGE_EVENTS = 100;

    private static final Duration POLL = Duration.ofMillis(150);
    private static final Duration FIRST_RETRY = Duration.ofMillis(250);
    private static final Duration LAST_RETRY = Duration.ofSeconds(4);

    /** Waits; tests do not. */
    interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    private final QueryApi api;
    private final EventFilter filter;
    private final EventOutput output;
    private final Pause pause;
    private boolean reached;

    public Follower(QueryApi api, EventFilter filter, EventOutput output) {
        this(api, filter, output, duration -> Thread.sleep(duration.toMillis()));
    }

    Follower(QueryApi api, EventFilter filter, EventOutput output, Pause pause) {
        this.api = api;
        this.filter = filter;
        this.output = output;
        this.pause = pause;
    }

    /**
     * Returns when nobody wants events any more.
     *
     * @param fromBeginning whether to begin with the oldest event, not with the next one
     * @throws TailException if the API was never there, refuses the filter, or cannot go on
     * @throws IOException if the output is a file that cannot be written
     */
    public void follow(boolean fromBeginning) throws IOException, InterruptedException {
        String cursor = fromBeginning ? null : now();
        if (!fromBeginning) {
            LOG.info("waiting for events: from=now");
        }
        for (EventPage page = ask(PAGE_EVENTS, cursor); page != null; page = ask(PAGE_EVENTS, cursor)) {
            output.write(page.events());
            cursor = page.cursor();
            if (page.isLast()) {
                pause.of(POLL);
            }
        }
    }

    /** Any page ends where the store is now; the smallest one costs least. */
    private @Nullable String now() throws InterruptedException {
        EventPage page = ask(1, null);
        return page == null ? null : page.tailCursor();
    }

    /** The page, however long that takes; null if nobody wants it any more. */
    private @Nullable EventPage ask(int limit, @Nullable String cursor) throws InterruptedException {
        Duration retry = FIRST_RETRY;
        for (int attempt = 1; output.isWanted(); attempt++) {
            try {
                EventPage page = api.page(filter, limit, cursor);
                reached = true;
                if (attempt > 1) {
                    LOG.info("query API answers again: attempts={}", attempt);
                }
                return page;
            } catch (TailException failure) {
                if (!reached || failure.kind() != Kind.UNAVAILABLE) {
                    throw failure;
                }
                if (attempt == 1) {
                    LOG.warn("query API does not answer, will ask until it does: reason={}", failure.getMessage());
                }
            }
            pause.of(retry);
            Duration doubled = retry.multipliedBy(2);
            retry = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
        }
        return null;
    }
}

package dev.millrace.query.tail;

import dev.millrace.query.read.Cursor;
import dev.millrace.query.read.HistoryAnswer;
import dev.millrace.query.read.HistoryReader;
import dev.millrace.query.read.ReadException;
import dev.millrace.query.read.StoredEvent;
import dev.millrace.query.read.StreamPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the past for one client, a page at a time and only when the client has taken most of the one
 * before, until it can follow. {@link #wake} may be called by any thread; the rest by one at a time.
 */
final class CatchUp {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final Duration SHORT_PAUSE = Duration.ofMillis(10);
    private static final Duration LONG_PAUSE = Duration.ofMillis(250);

    /** Pages grow up to this, as long as their events are small. */
    private static final int MOST_EVENTS = 250;

    private static final long PAGE_BYTES = 1 << 18;

    private final Subscription client;
    private final StreamFormat format;
    private final HistoryReader reader;
    private final Followers followers;
    private final ScheduledExecutorService threads;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private @Nullable Cursor cursor;
    private @Nullable StreamPosition joinedAt;
    private int limit = 50;
    private boolean inOnePage = true;

    CatchUp(
            Subscription client,
            StreamFormat format,
            HistoryReader reader,
            Followers followers,
            ScheduledExecutorService threads) {
        this.client = client;
        this.format = format;
        this.reader = reader;
        this.followers = followers;
        this.threads = threads;
    }

    /** Reads on if there is something to read, and room for it. */
    void wake() {
        if (client.wantsMore() && scheduled.compareAndSet(false, true)) {
            threads.execute(this::run);
        }
    }

    private void run() {
        Duration pause = step();
        scheduled.set(false);
        if (pause.isZero()) {
            wake();
        } else {
            threads.schedule(this::wake, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private Duration step() {
        try {
            HistoryAnswer answer = read(cursor);
            if (answer instanceof HistoryAnswer.Page page) {
                return take(page);
            }
            if (answer instanceof HistoryAnswer.Gone gone) {
                client.end(StreamEnd.gone(gone.reason()));
            }
            return LONG_PAUSE;
        } catch (ReadException failure) {
            return onFailure(failure);
        } catch (RuntimeException broken) {
            LOG.error("the past is not read on", broken);
            client.end(StreamEnd.broken());
            return Duration.ZERO;
        }
    }

    private Duration onFailure(ReadException failure) {
        LOG.warn("the past was not read: kind={} reason={}", failure.kind(), failure.getMessage());
        if (failure.kind() == ReadException.Kind.UNAVAILABLE) {
            return LONG_PAUSE;
        }
        boolean costly = failure.kind() == ReadException.Kind.TOO_EXPENSIVE;
        client.end(costly ? StreamEnd.tooExpensive("ask for less: a type, a key, a time") : StreamEnd.broken());
        return Duration.ZERO;
    }

    /**
     * The next page.
     *
     * @throws ReadException if the replica gave no answer
     */
    HistoryAnswer read(@Nullable Cursor from) {
        return reader.read(client.filter(), from, limit);
    }

    /** Goes on behind a page, which is given to the client; returns how long to wait before the next. */
    Duration take(HistoryAnswer.Page page) {
        List<Frame> frames = new ArrayList<>(page.events().size());
        long bytes = 0;
        for (int index = 0; index < page.events().size(); index++) {
            StoredEvent event = page.events().get(index);
            Frame frame = new Frame(event, format.head(page.cursors().get(index)), format.body(event));
            bytes += frame.bytes();
            frames.add(frame);
        }
        client.append(frames);
        cursor = page.next();
        if (!frames.isEmpty()) {
            limit = (int) Math.max(1, Math.min(MOST_EVENTS, PAGE_BYTES / (bytes / frames.size() + 1)));
        }
        StreamPosition end = page.end();
        if (end == null) {
            inOnePage = false;
            return Duration.ZERO;
        }
        arrive(end, inOnePage);
        inOnePage = true;
        return frames.isEmpty() ? SHORT_PAUSE : Duration.ZERO;
    }

    /**
     * Has read everything that there was when the walk began.
     *
     * @param isShort whether what came meanwhile is likely to be little
     */
    void arrive(StreamPosition position, boolean isShort) {
        if (!client.isJoining()) {
            joinedAt = isShort && client.join() ? followers.enter(client, position) : null;
        }
        StreamPosition tail = joinedAt;
        if (tail == null) {
            client.leave();
        } else if (position.covers(tail) && !client.follow(position)) {
            followers.exit(client);
        }
    }

    /** Follows from where the tail is, if there is one; false if not. */
    boolean arriveAtTail() {
        StreamPosition tail = client.join() ? followers.enter(client, null) : null;
        if (tail == null) {
            client.leave();
            return false;
        }
        client.follow(tail);
        return true;
    }

    /** Goes on from there. */
    void begin(Cursor from) {
        cursor = from;
    }
}

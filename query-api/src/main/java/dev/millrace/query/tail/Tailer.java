package dev.millrace.query.tail;

import dev.millrace.query.read.ReadException;
import dev.millrace.query.read.StoredEvent;
import dev.millrace.query.read.StreamPosition;
import dev.millrace.query.read.TailAnswer;
import dev.millrace.query.read.TailAnswer.News;
import dev.millrace.query.read.TailReader;
import dev.millrace.query.read.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what is new, once for all who follow. While nobody does, it does nothing at all. One step at a
 * time, by one thread.
 */
final class Tailer {
    private static final Logger LOG = LoggerFactory.getLogger(Tailer.class);

    /** Most events of a look. */
    private static final int ROWS = 1_000;

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(25);
    private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(1);

    /** Of a client that would take more than we manage to send: it is not to be dropped for that. */
    private static final Duration LONG_PATIENCE = Duration.ofSeconds(5);

    /** As long as most clients need time, they get some: a few slow ones hold up nobody. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration BREATH = Duration.ofMillis(2);

    private final TailReader reader;
    private final Followers followers;
    private final Ticker ticker;
    private final TailObserver observer;
    private final Consumer<Subscription> drop;
    private Duration pause = SHORTEST_PAUSE;
    private Duration absence = SHORTEST_PAUSE;

    Tailer(TailReader reader, Followers followers, Ticker ticker, TailObserver observer, Consumer<Subscription> drop) {
        this.reader = reader;
        this.followers = followers;
        this.ticker = ticker;
        this.observer = observer;
        this.drop = drop;
    }

    /** One look, and the wait for the next one. */
    void runOnce() throws InterruptedException {
        StreamPosition from = followers.awaitPosition();
        try {
            long start = ticker.nanoTime();
            TailAnswer answer = reader.read(from, ROWS);
            absence = SHORTEST_PAUSE;
            if (answer instanceof News news) {
                take(news, from, start);
            } else {
                followers.endAll(StreamEnd.gone(((TailAnswer.Gone) answer).reason()));
            }
        } catch (ReadException away) {
            LOG.warn("tail not read, tried again: reason={} pauseMs={}", away.getMessage(), absence.toMillis());
            ticker.sleep(absence);
            absence = doubled(absence, LONGEST_ABSENCE);
        } catch (RuntimeException broken) {
            LOG.error("tail broken, all who follow it are sent away", broken);
            followers.endAll(StreamEnd.broken());
        }
    }

    private void take(News news, StreamPosition from, long start) throws InterruptedException {
        if (news.events().isEmpty()) {
            if (!news.through().equals(from)) {
                followers.publish(from, List.of(), news.through(), drop);
            }
            ticker.sleep(pause);
            pause = doubled(pause, LONGEST_PAUSE);
            return;
        }
        observer.read().accept(Duration.ofNanos(ticker.nanoTime() - start));
        pause = SHORTEST_PAUSE;
        publish(news, from);
        if (!news.more()) {
            ticker.sleep(pause);
        }
    }

    private void publish(News news, StreamPosition from) throws InterruptedException {
        StreamPosition position = from;
        for (Slice slice : Slice.of(news, from)) {
            if (!followers.publish(position, slice.events(), slice.through(), drop)) {
                return;
            }
            position = slice.through();
            letThemTake();
        }
    }

    private void letThemTake() throws InterruptedException {
        long start = ticker.nanoTime();
        Duration waited = Duration.ZERO;
        while (isWorthWaiting(waited)) {
            ticker.sleep(BREATH);
            waited = Duration.ofNanos(ticker.nanoTime() - start);
        }
    }

    private boolean isWorthWaiting(Duration waited) {
        return (waited.compareTo(LONG_PATIENCE) < 0 && followers.areMoreThan(0, Subscription::isStarved))
                || (waited.compareTo(PATIENCE) < 0 && followers.areMoreThan(0.5, Subscription::isCrowded));
    }

    private static Duration doubled(Duration duration, Duration most) {
        Duration doubled = duration.multipliedBy(2);
        return doubled.compareTo(most) < 0 ? doubled : most;
    }

    /**
     * A part of what was read that any client which keeps up has room for.
     *
     * @param through where the tail stands behind it
     */
    record Slice(List<StoredEvent> events, StreamPosition through) {
        private static final int EVENTS = 100;
        private static final int CHARACTERS = 1 << 17;

        static List<Slice> of(News news, StreamPosition from) {
            List<StoredEvent> all = news.events();
            List<Slice> slices = new ArrayList<>();
            StreamPosition position = new StreamPosition(news.through().topicId(), from.seen());
            int first = 0;
            long characters = 0;
            for (int index = 0; index < all.size() - 1; index++) {
                StoredEvent event = all.get(index);
                position = position.after(event);
                characters += event.payload().length() + event.metadata().length();
                if (index + 1 - first == EVENTS || characters >= CHARACTERS) {
                    slices.add(new Slice(all.subList(first, index + 1), position));
                    first = index + 1;
                    characters = 0;
                }
            }
            slices.add(new Slice(all.subList(first, all.size()), news.through()));
            return slices;
        }
    }
}

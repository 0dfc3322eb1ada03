package dev.millrace.query.tail;

import dev.millrace.query.read.Cursor;
import dev.millrace.query.read.EventFilter;
import dev.millrace.query.read.HistoryAnswer;
import dev.millrace.query.read.HistoryReader;
import dev.millrace.query.read.Order;
import dev.millrace.query.read.StreamPosition;
import dev.millrace.query.read.TailReader;
import dev.millrace.query.read.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The streams of all clients. Thread-safe. */
public final class EventTail implements AutoCloseable {
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final TailReader tailReader;
    private final HistoryReader historyReader;
    private final StreamFormat format;
    private final StreamLimits limits;
    private final Ticker ticker;
    private final Followers followers;
    private final Set<Subscription> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger places;
    private final TailThreads threads;
    private final TailObserver observer;
    private final Entrance entrance;

    /** Does nothing before the first client comes. */
    public EventTail(
            TailReader tailReader,
            HistoryReader historyReader,
            StreamFormat format,
            StreamLimits limits,
            Ticker ticker,
            TailObserver observer) {
        this.tailReader = tailReader;
        this.historyReader = historyReader;
        this.format = format;
        this.limits = limits;
        this.ticker = ticker;
        this.observer = observer;
        this.followers = new Followers(format);
        this.places = new AtomicInteger(limits.streams());
        this.threads =
                new TailThreads(new Tailer(tailReader, followers, ticker, observer, this::drop), limits, this::pulse);
        this.entrance = new Entrance(threads.readers(), ticker);
    }

    /** How many streams there are. */
    public int open() {
        return limits.streams() - places.get();
    }

    /** How much streams may take. */
    public StreamLimits limits() {
        return limits;
    }

    /**
     * Opens a stream. The first page of what it has to catch up on is read before, so that what is wrong
     * with it can be said in an answer.
     *
     * @return is completed by another thread, with a {@link dev.millrace.query.read.ReadException} if the
     *     replica gave no answer
     */
    public CompletableFuture<Opening> open(EventFilter filter, StreamStart start) {
        if (places.getAndDecrement() <= 0) {
            places.getAndIncrement();
            return CompletableFuture.completedFuture(
                    new Opening.Refused("there are " + limits.streams() + " streams already"));
        }
        Subscription client = new Subscription(filter, format, limits, ticker);
        CatchUp catchUp = new CatchUp(client, format, historyReader, followers, threads.readers());
        client.listen(catchUp::wake, () -> forget(client));
        open.add(client);
        return entrance.admit(() -> begin(client, catchUp, start)).whenComplete((opening, failure) -> {
            if (!(opening instanceof Opening.Opened)) {
                client.close();
            }
        });
    }

    private Opening begin(Subscription client, CatchUp catchUp, StreamStart start) {
        if (start instanceof StreamStart.Now) {
            beginNow(client, catchUp);
            return new Opening.Opened(client);
        }
        Cursor cursor = start instanceof StreamStart.After after ? after.cursor() : null;
        HistoryAnswer answer = catchUp.read(cursor);
        if (answer instanceof HistoryAnswer.Page page) {
            catchUp.take(page);
            catchUp.wake();
            return new Opening.Opened(client);
        }
        return answer instanceof HistoryAnswer.Gone gone
                ? new Opening.Gone(gone.reason())
                : new Opening.NotYetVisible(((HistoryAnswer.NotYetVisible) answer).completeThrough());
    }

    private void beginNow(Subscription client, CatchUp catchUp) {
        if (!catchUp.arriveAtTail()) {
            StreamPosition now = tailReader.now();
            catchUp.begin(now.cursor(client.filter().hash(Order.ASC)));
            catchUp.arrive(now, true);
            catchUp.wake();
        }
    }

    private void forget(Subscription client) {
        if (open.remove(client)) {
            places.incrementAndGet();
            followers.exit(client);
        }
    }

    private void drop(Subscription client) {
        observer.dropped().run();
        client.drop();
    }

    private void pulse() {
        open.stream().filter(Subscription::isStalled).forEach(this::drop);
        List<Subscription> silent = open.stream().filter(Subscription::isSilent).toList();
        if (!silent.isEmpty()) {
            followers.beat(silent);
        }
    }

    /** Ends all streams; what waits for their clients is sent, if they take it at once. */
    @Override
    public void close() {
        entrance.close();
        open.forEach(client -> client.end(null));
        long start = ticker.nanoTime();
        try {
            while (!open.isEmpty() && ticker.nanoTime() - start < FAREWELL.toNanos()) {
                ticker.sleep(Duration.ofMillis(5));
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        open.forEach(Subscription::drop);
        threads.close();
    }
}

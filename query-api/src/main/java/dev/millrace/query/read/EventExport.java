package dev.millrace.query.read;

import dev.millrace.query.read.ReadException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pass over all events of a filter, in the order of all events, below a bound that is fixed when it
 * begins. Each chunk is a snapshot of its own with a connection of its own, so a pass of hours holds
 * up neither vacuum nor replay, and a slow reader holds nothing at all. For one reader, which waits for
 * a chunk before it asks for the next.
 */
public final class EventExport implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventExport.class);

    private static final int MOST_ROWS = 10_000;
    private static final int LEAST_ROWS = 128;

    /** Times that a chunk is read again while the replica is away, 16 s in all beside the time of the tries. */
    private static final int PAUSES = 8;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Replica replica;
    private final Ticker ticker;
    private final ExecutorService threads;
    private final Runnable onClose;
    private final StoredOffsets bound;
    private final ExportQuery query;
    private final SearchSpan span = new SearchSpan();

    private @Nullable OrderKey last;
    private @Nullable OrderKey until;
    private boolean untilIsKnown;
    private int limit = MOST_ROWS;
    private boolean finished;
    private @Nullable Future<?> reading;

    EventExport(Replica replica, Ticker ticker, ExecutorService threads, EventFilter filter, Runnable onClose) {
        this.replica = replica;
        this.ticker = ticker;
        this.threads = threads;
        this.onClose = onClose;
        this.bound = replica.read(StoredOffsets::read);
        this.query = new ExportQuery(bound.through(), filter);
        this.finished = bound.through().bounds().stream().allMatch(each -> each.offset() < 0);
    }

    /** The upper bound: everything up to it that the filter asks for is part of the export. */
    public CompleteThrough through() {
        return bound.through();
    }

    /** Whether the chunks that were waited for are the whole export. */
    public boolean isFinished() {
        return finished;
    }

    /**
     * Begins to read the next chunk on a thread of its own. The chunk may be empty, when a long search
     * found nothing so far. The result is there when the sink may be used again; it fails with {@link
     * ReadException} if the replica stays away, and with {@link EventsGoneException}.
     */
    public Future<?> readInto(EventSink sink) {
        Future<?> started = threads.submit(() -> read(sink));
        reading = started;
        return started;
    }

    /** Ends what is still being read, and lets another export begin. */
    @Override
    public void close() {
        if (reading != null) {
            reading.cancel(true);
        }
        onClose.run();
    }

    private void read(EventSink sink) {
        sink.clear();
        if (finished) {
            return;
        }
        Duration pause = FIRST_PAUSE;
        int left = PAUSES;
        while (!isRead(sink, left)) {
            left--;
            sleep(pause);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
    }

    /**
     * @param left how often it may still be asked again
     * @return false if asking again after a while may help
     */
    private boolean isRead(EventSink sink, int left) {
        while (true) {
            try {
                advance(replica.read(connection -> read(connection, sink)));
                return true;
            } catch (ReadException failure) {
                boolean tooExpensive = failure.kind() == Kind.TOO_EXPENSIVE;
                if (tooExpensive && span.narrow()) {
                    untilIsKnown = false;
                } else if (left > 0 && (tooExpensive || failure.kind() == Kind.UNAVAILABLE)) {
                    LOG.warn("export waits for the replica: reason={} triesLeft={}", failure.getMessage(), left);
                    return false;
                } else {
                    throw failure;
                }
            }
        }
    }

    /** One try, which changes nothing here: it may have to be made again. */
    private Chunk read(Connection connection, EventSink sink) throws SQLException {
        long start = ticker.nanoTime();
        sink.clear();
        try (Statement statement = connection.createStatement()) {
            // Less than others have: what does not come to its end is asked again in smaller steps.
            statement.execute("SET LOCAL statement_timeout = '1s'");
        }
        requireSameData(StoredOffsets.read(connection));
        OrderKey end = until;
        if (span.isBounded() && !untilIsKnown) {
            end = EventRows.firstPlace(connection, query.place(last, span.rows()));
        }
        Sql sql = span.isBounded() ? query.eventsUntil(last, end, limit) : query.events(last, limit);
        ExportRows rows = ExportRows.read(connection, sql, limit, sink);
        if (RetainedData.isMissingFrom(new Walk.Ordered(through(), last), through(), connection)) {
            throw new EventsGoneException("events that were still to be exported were removed");
        }
        return new Chunk(rows, end, Duration.ofNanos(ticker.nanoTime() - start));
    }

    /** Another replica, or the same after a crash, may not have yet what this one had. */
    private void requireSameData(StoredOffsets now) {
        if (!now.topicId().equals(bound.topicId())) {
            throw new EventsGoneException("the topic was made again since the export began");
        }
        if (!now.through().covers(through())) {
            throw ReadException.behind();
        }
    }

    private void advance(Chunk chunk) {
        ExportRows rows = chunk.rows();
        limit = rows.more() && rows.count() < limit
                ? Math.max(LEAST_ROWS, rows.count() + rows.count() / 4)
                : Math.min(MOST_ROWS, limit * 2);
        until = chunk.until();
        untilIsKnown = span.isBounded() && rows.more();
        if (rows.more()) {
            last = rows.last();
        } else if (until == null) {
            finished = true;
        } else {
            last = until;
        }
        int before = span.rows();
        span.took(chunk.duration(), !rows.more());
        if (span.rows() < before) {
            untilIsKnown = false;
        }
    }

    private void sleep(Duration duration) {
        try {
            ticker.sleep(duration);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw ReadException.interrupted(stopping);
        }
    }

    /**
     * @param until the last place that was looked at when no more rows are left there; null for the end
     */
    private record Chunk(ExportRows rows, @Nullable OrderKey until, Duration duration) {}
}

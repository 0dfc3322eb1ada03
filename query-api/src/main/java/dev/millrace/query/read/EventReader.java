package dev.millrace.query.read;

import dev.millrace.query.read.PageAnswer.CannotBeMet;
import dev.millrace.query.read.PageAnswer.Gone;
import dev.millrace.query.read.PageAnswer.NotYetVisible;
import dev.millrace.query.read.PageAnswer.Page;
import dev.millrace.query.read.ReadException.Kind;
import dev.millrace.schemas.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads pages of events, each from a single snapshot. Thread-safe. */
public final class EventReader {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(25);

    static final String MADE_AGAIN = "the topic was made again since the cursor was given out";
    static final String NOT_RETAINED = "older than the retained data: events after this cursor were removed";

    private final Replica replica;
    private final Ticker ticker;
    private final Consumer<Duration> visibleAfter;

    /** By the last answer: a guess for the next one, which is checked. */
    private volatile @Nullable StoredOffsets seen;

    /**
     * @param visibleAfter told how long it took until what a request waited for was there
     */
    public EventReader(Replica replica, Ticker ticker, Consumer<Duration> visibleAfter) {
        this.replica = replica;
        this.ticker = ticker;
        this.visibleAfter = visibleAfter;
    }

    /**
     * Reads a page, and waits until the replica has what it must include. Holds no connection while
     * it waits.
     *
     * @throws ReadException if the replica gave no answer
     */
    public PageAnswer read(PageRequest request) {
        long start = ticker.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (true) {
            PageAnswer answer = readOnce(request);
            Duration passed = Duration.ofNanos(ticker.nanoTime() - start);
            Duration left = request.waitFor().atMost().minus(passed);
            if (answer instanceof Page && !request.waitFor().positions().isEmpty()) {
                visibleAfter.accept(passed);
            }
            if (!(answer instanceof NotYetVisible) || left.isNegative() || left.isZero()) {
                return answer;
            }
            sleep(shorter(pause, left));
            pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        }
    }

    private PageAnswer readOnce(PageRequest request) {
        Attempt attempt = Attempt.firstFor(request.filter());
        while (true) {
            Attempt current = attempt;
            try {
                return replica.read(connection -> read(connection, request, current));
            } catch (ReadException failure) {
                attempt = current.next();
                if (failure.kind() != Kind.TOO_EXPENSIVE || attempt == null) {
                    throw failure;
                }
            }
        }
    }

    /** What is there is judged by the snapshot that the events come from. */
    private PageAnswer read(Connection connection, PageRequest request, Attempt attempt) throws SQLException {
        EarlyQuestion early = EarlyQuestion.of(request, attempt, seen);
        Sql settings = attempt.settings();
        try (SentTogether sent = send(connection, request, settings, early)) {
            if (settings != null) {
                sent.next();
            }
            StoredOffsets stored = StoredOffsets.read(sent.next());
            seen = stored;
            Walk walk = walk(request.cursor(), stored.through());
            PageAnswer obstacle = obstacle(request, walk, stored);
            if (obstacle != null) {
                return obstacle;
            }
            EventRows rows = early == null ? null : early.read(sent.next(), request.limit(), walk);
            if (rows == null) {
                rows = rows(connection, walk, request, attempt.plannedRows(request.limit() + 1, stored.events()));
            }
            if (request.cursor() != null && RetainedData.isMissingFrom(walk, stored.through(), connection)) {
                return new Gone(NOT_RETAINED);
            }
            return page(rows, walk, request, stored.topicId());
        }
    }

    private static SentTogether send(
            Connection connection, PageRequest request, @Nullable Sql settings, @Nullable EarlyQuestion early)
            throws SQLException {
        List<Sql> statements = new ArrayList<>();
        if (settings != null) {
            statements.add(settings);
        }
        statements.add(StoredOffsets.question());
        if (early != null) {
            statements.add(early.sql());
        }
        return SentTogether.of(connection, EventRows.firstFetch(request.limit()), statements);
    }

    /** Why there is no page when so much is stored; null if there is one. */
    private static @Nullable PageAnswer obstacle(PageRequest request, Walk walk, StoredOffsets stored) {
        Cursor cursor = request.cursor();
        if (cursor != null && !cursor.isOf(stored.topicId())) {
            return new Gone(MADE_AGAIN);
        }
        String hopeless = whyHopeless(request.waitFor(), cursor, walk, stored.through());
        if (hopeless != null) {
            return new CannotBeMet(hopeless);
        }
        boolean visible =
                stored.through().covers(walk.through()) && request.waitFor().isMetBy(stored.through());
        return visible ? null : new NotYetVisible(stored.through());
    }

    private static EventRows rows(Connection connection, Walk walk, PageRequest request, long planned)
            throws SQLException {
        Sql sql = EventQuery.page(walk, request.filter(), request.order(), request.limit() + 1, planned);
        return sql == null ? EventRows.NONE : EventRows.read(connection, sql, request.limit());
    }

    /** What a request goes on with, when so much is stored. */
    static Walk walk(@Nullable Cursor cursor, CompleteThrough now) {
        if (cursor == null) {
            return new Walk.Ordered(now, null);
        }
        return cursor.walk().isYetToBegin() ? new Walk.Following(cursor.walk().end(), now) : cursor.walk();
    }

    private static @Nullable String whyHopeless(
            WaitFor waitFor, @Nullable Cursor cursor, Walk walk, CompleteThrough now) {
        for (Position position : waitFor.positions()) {
            if (position.partition() >= now.partitions()) {
                return "there is no partition " + position.partition();
            }
        }
        boolean fixed = cursor != null && cursor.walk() == walk;
        return fixed && !waitFor.isMetBy(walk.through()) ? "beyond the walk that this cursor belongs to" : null;
    }

    private static Page page(EventRows rows, Walk walk, PageRequest request, String storedTopicId) {
        Cursor cursor = request.cursor();
        String topicId = storedTopicId.isEmpty() && cursor != null ? cursor.topicId() : storedTopicId;
        long hash = request.filter().hash(request.order());
        List<StoredEvent> events = rows.events();
        String next = rows.more() ? CursorCodec.encode(new Cursor(topicId, hash, walk.after(events))) : null;
        String tail = request.order() == Order.ASC
                ? CursorCodec.encode(new Cursor(topicId, hash, Walk.Following.begin(walk.end())))
                : null;
        return new Page(events, next, tail, walk.end());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void sleep(Duration duration) {
        try {
            ticker.sleep(duration);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw ReadException.interrupted(stopping);
        }
    }
}

package dev.millrace.query.tail;

import dev.millrace.query.read.EventFilter;
import dev.millrace.query.read.Order;
import dev.millrace.query.read.StreamPosition;
import dev.millrace.query.read.Ticker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client's stream. It reads the past until it is close to the present, joins the tail while it
 * reads the rest, and then follows. Thread-safe; whoever takes from it does so from one thread at a time.
 */
public final class Subscription {
    private enum State {
        /** Its own reader fills the queue. */
        READING,
        /** Likewise, and what the tail brings meanwhile is held back. */
        JOINING,
        /** The tail fills the queue. */
        FOLLOWING,
        /** Nothing more comes; what waits is still to be taken. */
        ENDING,
        CLOSED
    }

    private final EventFilter filter;
    private final StreamFormat format;
    private final StreamLimits limits;
    private final Standpoint standpoint;
    private final Outbox outbox;
    private final Holdback held = new Holdback();
    private State state = State.READING;
    private @Nullable Outlet outlet;
    private Runnable onRoom = () -> {};
    private Runnable onClose = () -> {};

    Subscription(EventFilter filter, StreamFormat format, StreamLimits limits, Ticker ticker) {
        this.filter = filter;
        this.format = format;
        this.limits = limits;
        this.standpoint = new Standpoint(format, filter.hash(Order.ASC));
        this.outbox = new Outbox(ticker);
        outbox.add(format.opening());
    }

    /** To be called before anything else happens. */
    void listen(Runnable whenThereIsRoom, Runnable whenClosed) {
        onRoom = whenThereIsRoom;
        onClose = whenClosed;
    }

    EventFilter filter() {
        return filter;
    }

    /** Begins to send. */
    public synchronized void start(Outlet way) {
        outlet = way;
        if (state == State.CLOSED) {
            way.abort();
        } else {
            way.wake();
        }
    }

    /** The next bytes to send; none when nothing waits. Not to be changed. */
    public byte[] take() {
        byte[] portion;
        boolean room;
        synchronized (this) {
            portion = outbox.take();
            room = wantsMore();
        }
        if (room) {
            onRoom.run();
        }
        return portion;
    }

    /** Whether nothing is left to take, and nothing comes. */
    public synchronized boolean isOver() {
        return state == State.CLOSED || (state == State.ENDING && outbox.isEmpty());
    }

    /** The client is gone, or has everything. Any number of times. */
    public void close() {
        synchronized (this) {
            become(State.CLOSED);
            outbox.clear();
        }
        onClose.run();
    }

    /** Ends with what waits already, and a reason if there is one. */
    synchronized void end(@Nullable StreamEnd reason) {
        if (isEnded()) {
            return;
        }
        become(State.ENDING);
        if (reason != null) {
            outbox.add(format.end(reason));
        }
        wake();
    }

    /** Gives the client up. */
    synchronized void drop() {
        become(State.CLOSED);
        outbox.clear();
        if (outlet != null) {
            outlet.abort();
        }
    }

    synchronized boolean isEnded() {
        return state == State.ENDING || state == State.CLOSED;
    }

    /** Whether its own reader is to go on. */
    synchronized boolean wantsMore() {
        boolean reading = state == State.READING || state == State.JOINING;
        return reading && limits.allow(1, outbox.events(), outbox.bytes());
    }

    /** Puts what its own reader found into the queue. */
    synchronized void append(List<Frame> frames) {
        if (!isEnded()) {
            put(frames);
        }
    }

    /** From now on holds back what it is offered. */
    synchronized boolean join() {
        if (state == State.READING) {
            become(State.JOINING);
        }
        return isJoining();
    }

    /** Reads by itself, and has nothing to do with the tail. */
    synchronized void leave() {
        if (isJoining()) {
            become(State.READING);
        }
    }

    synchronized boolean isJoining() {
        return state == State.JOINING;
    }

    /**
     * Has read everything up to a position that is not behind the one where it joined.
     *
     * @return false if too much waits to follow already; then it reads on
     */
    synchronized boolean follow(StreamPosition position) {
        boolean fits = limits.allow(3, outbox.events() + held.events(), outbox.bytes() + held.bytes());
        if (!isJoining() || !fits) {
            leave();
            return false;
        }
        standpoint.begin(position);
        outbox.add(format.position(standpoint.cursor(position)));
        put(standpoint.unseen(held.frames()));
        become(State.FOLLOWING);
        return true;
    }

    /**
     * Takes what is new, or holds it back.
     *
     * @param tail where the tail stands behind these
     */
    synchronized Verdict offer(List<Frame> frames, StreamPosition tail) {
        return switch (state) {
            case READING, ENDING, CLOSED -> Verdict.LEAVE;
            case JOINING -> hold(frames);
            case FOLLOWING -> queue(frames, tail);
        };
    }

    private Verdict hold(List<Frame> frames) {
        held.add(frames);
        if (limits.allow(4, held.events(), held.bytes())) {
            return Verdict.KEEP;
        }
        leave();
        return Verdict.LEAVE;
    }

    private Verdict queue(List<Frame> frames, StreamPosition tail) {
        List<Frame> unseen = standpoint.unseen(frames);
        standpoint.passedBy(tail);
        long bytes = unseen.stream().mapToLong(Frame::bytes).sum();
        if (!outbox.isEmpty() && !limits.allow(4, outbox.events() + unseen.size(), outbox.bytes() + bytes)) {
            return Verdict.DROP;
        }
        put(unseen);
        return Verdict.KEEP;
    }

    /** Whether it follows, and would do so better with a little time. */
    synchronized boolean isCrowded() {
        return state == State.FOLLOWING && !limits.allow(1, outbox.events(), outbox.bytes());
    }

    /** Whether it is we who are slow: it would take what waits. */
    synchronized boolean isStarved() {
        return isCrowded() && outlet != null && !outlet.isBlocked();
    }

    /** Whether something has waited for too long. */
    synchronized boolean isStalled() {
        return outlet != null && outbox.isUntakenFor(limits.stall());
    }

    /** Whether it is time for a sign of life. */
    synchronized boolean isSilent() {
        return !isEnded() && outbox.isSilentFor(limits.heartbeat());
    }

    /** @param tail where the tail stands, everything before it being offered; null if nobody follows */
    synchronized void beat(@Nullable StreamPosition tail) {
        String cursor = state == State.FOLLOWING && tail != null ? standpoint.cursor(tail) : null;
        outbox.add(format.heartbeat(cursor));
        wake();
    }

    private void become(State next) {
        state = next;
        held.clear();
    }

    private void put(List<Frame> frames) {
        frames.forEach(outbox::add);
        wake();
    }

    private void wake() {
        if (outlet != null) {
            outlet.wake();
        }
    }
}

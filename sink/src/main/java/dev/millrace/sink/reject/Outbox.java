package dev.millrace.sink.reject;

import java.time.Duration;
import java.util.List;

/** Rejected events that wait to be published. Every call may throw {@link OutboxException}. Not thread-safe. */
interface Outbox extends AutoCloseable {
    /** Whether this sink is the one that publishes; it stays so until its connection ends. */
    boolean isLeader();

    /** Begins a new pass: {@link #next} starts with the oldest again. */
    void rewind();

    /**
     * The next events in the order of their rejection, each once in a pass.
     *
     * @return a few, bounded in bytes so far as a single one is; empty at the end of the pass
     */
    List<RejectedEvent> next();

    /** Takes these out. */
    void markPublished(List<RejectedEvent.Place> published);

    Backlog backlog();

    /** Lets go of the database, and with that of the leadership. */
    @Override
    void close();

    /**
     * What waits.
     *
     * @param events how many, {@link #MOST} for that many or more
     * @param oldest age of the oldest, zero if there is none
     */
    record Backlog(long events, Duration oldest) {
        /** Counting on would cost more than the figure is worth. */
        static final int MOST = 100_000;
    }
}

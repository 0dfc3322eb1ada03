package dev.millrace.sink.write;

import dev.millrace.sink.simulator.Tables;
import dev.millrace.sink.simulator.Tables.OffsetRow;
import org.jspecify.annotations.Nullable;

/** The server's side of one connection, with the transaction that is open on it. */
final class Backend {
    private final SimulatedDatabase database;
    private Tables transaction = new Tables();
    private boolean ended;
    private long noticesNanos = Long.MAX_VALUE;
    private boolean commitUnderway;
    private @Nullable Backend waitsFor;

    Backend(SimulatedDatabase database) {
        this.database = database;
    }

    boolean isEnded() {
        return ended;
    }

    /** What this transaction wrote. */
    Tables transaction() {
        return transaction;
    }

    /** The row as this transaction sees it in READ COMMITTED. */
    @Nullable
    OffsetRow offset(int partition) {
        OffsetRow own = transaction.offsets.get(partition);
        return own == null ? database.committed().offsets.get(partition) : own;
    }

    boolean tryLock(int partition) {
        Backend owner = database.owner(partition);
        if (owner == null) {
            database.lock(partition, this);
        }
        return owner == null || owner == this;
    }

    /** Notes for whom this backend waits; null for nobody. */
    void waitFor(@Nullable Backend owner) {
        waitsFor = owner;
    }

    /** Whether who is waited for waits, over however many others, for this backend. */
    boolean isDeadlocked() {
        Backend next = waitsFor;
        while (next != null && next != this) {
            next = next.waitsFor;
        }
        return next == this;
    }

    void commit() {
        Tables done = transaction;
        transaction = new Tables();
        try {
            database.commit(done);
        } finally {
            database.unlock(this);
        }
    }

    void rollback() {
        transaction = new Tables();
        database.unlock(this);
    }

    /** The server ends this connection, and with it the transaction. */
    void end() {
        rollback();
        ended = true;
        waitsFor = null;
        database.forget(this);
    }

    /** The client is gone; the server notices at some time, and until then locks stay. */
    void abandon(long noticed) {
        if (!commitUnderway) {
            noticesNanos = Math.min(noticesNanos, noticed);
        }
    }

    /** The client is gone, but a COMMIT of it is on the line. */
    void abandonInCommit(long arrives) {
        noticesNanos = arrives;
        commitUnderway = true;
    }

    void noticeClient(long nanos) {
        if (nanos >= noticesNanos) {
            if (commitUnderway) {
                commit();
            }
            end();
        }
    }
}

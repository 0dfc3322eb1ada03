package dev.millrace.compose.stack;

import dev.millrace.compose.process.SupervisedChild;
import java.io.IOException;
import java.sql.SQLException;

/**
 * Clones the replica again when the primary has thrown away log that it still needed, which
 * {@code max_slot_wal_keep_size} allows after a long absence: it could never go on by itself. Queries
 * have no database meanwhile. For one thread.
 */
final class ReplicaClone implements Runnable {
    private final PostgresPrimary primary;
    private final PostgresReplica replica;
    private final JdbcUrl replicator;
    private final SupervisedChild child;
    private final Progress progress;

    ReplicaClone(
            PostgresPrimary primary,
            PostgresReplica replica,
            JdbcUrl replicator,
            SupervisedChild child,
            Progress progress) {
        this.primary = primary;
        this.replica = replica;
        this.replicator = replicator;
        this.child = child;
        this.progress = progress;
    }

    /** Looks, and clones if it must. Where this fails, for example since the primary died, it is done next time. */
    @Override
    public void run() {
        try {
            if (replica.canGoOn(primary)) {
                return;
            }
        } catch (SQLException primaryAway) {
            return;
        }
        progress.say("the primary no longer has the log that the replica needs; cloning the replica again");
        long begin = System.nanoTime();
        try {
            child.hold();
            replica.prepare(primary, replicator);
            child.release();
            progress.say("replica cloned after %.1f s".formatted((System.nanoTime() - begin) / 1e9));
        } catch (IOException | SQLException | RuntimeException failure) {
            if (!Thread.currentThread().isInterrupted()) {
                progress.say("replica not cloned, trying again: " + failure.getMessage());
            }
        }
    }
}

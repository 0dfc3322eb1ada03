package dev.millrace.sink.write;

import dev.millrace.sink.simulator.Fault;
import dev.millrace.sink.simulator.Schedule;
import dev.millrace.sink.simulator.Turn;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of the connection: where steps begin, wait, are cut, and leave the server in doubt.
 * Holds the writer to its contract, that after a failed step nothing but discarding is allowed.
 */
final class SimulatedLine {
    private static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final long LOCK_TIMEOUT_NANOS = 10_000_000_000L;

    private final SimulatedDatabase database;
    private final Schedule schedule;
    private final Turn turn;
    private @Nullable Backend backend;
    private boolean failed;

    SimulatedLine(SimulatedDatabase database, Turn turn) {
        this.database = database;
        this.turn = turn;
        schedule = database.schedule();
    }

    /** Part of a step. */
    interface Body<T> {
        T take() throws SQLException;
    }

    <T> T step(String name, Body<T> body) throws SQLException {
        if (failed) {
            throw schedule.violated("a step after a failed one: " + name);
        }
        failed = true;
        T result;
        try {
            result = body.take();
        } catch (SQLException | RefusedRowException failure) {
            schedule.note(() -> turn + " " + name + ": " + failure.getMessage());
            throw failure;
        }
        failed = false;
        schedule.note(() -> turn + " " + name + ": " + brief(result));
        return result;
    }

    /** The connection, opened if there is none. */
    Backend connect() throws SQLException {
        turn.pass();
        if (backend == null) {
            if (schedule.strikes(Fault.CONNECTION_REFUSED)) {
                throw new SQLException("too many clients", "53300");
            }
            backend = database.connect();
        }
        passInTransaction();
        return inUse();
    }

    Backend inUse() {
        if (backend == null) {
            throw new IllegalStateException("no transaction was begun");
        }
        return backend;
    }

    /** A point inside a transaction. */
    void passInTransaction() throws SQLException {
        if (schedule.strikes(Fault.LINE_CUT_BEFORE_STEP)) {
            throw cut();
        }
        turn.pass();
        checkConnection();
        if (schedule.strikes(Fault.LINE_CUT_AFTER_STEP)) {
            throw cut();
        }
        if (schedule.strikes(Fault.STATEMENT_CANCELLED)) {
            throw new SQLException("statement timeout", "57014");
        }
    }

    void passOnOtherConnection() throws SQLException {
        turn.pass();
        database.checkRunning();
        if (schedule.strikes(Fault.CONNECTION_REFUSED)) {
            throw new SQLException("no connection", "08001");
        }
    }

    /** Waits for the row as long as the server does, and ends whoever holds it too long. */
    void lock(int partition) throws SQLException {
        passInTransaction();
        if (schedule.strikes(Fault.DEADLOCK)) {
            throw new SQLException("deadlock detected", "40P01");
        }
        long begin = schedule.nanoTime();
        boolean patient = !schedule.strikes(Fault.LOCK_TIMEOUT);
        while (!inUse().tryLock(partition)) {
            patient = awaitOwner(partition, begin, patient);
        }
    }

    private boolean awaitOwner(int partition, long begin, boolean patient) throws SQLException {
        Backend waiting = inUse();
        Backend owner = database.owner(partition);
        long limit = begin + (patient ? PATIENCE_NANOS : LOCK_TIMEOUT_NANOS);
        waiting.waitFor(owner);
        if (waiting.isDeadlocked()) {
            waiting.waitFor(null);
            throw new SQLException("deadlock detected", "40P01");
        }
        schedule.note(() -> turn + " waits for the row of partition " + partition);
        turn.await(() -> waiting.isEnded() || database.owner(partition) != owner || schedule.nanoTime() >= limit);
        waiting.waitFor(null);
        checkConnection();
        if (owner == null || database.owner(partition) != owner) {
            return patient;
        }
        if (!patient) {
            throw new SQLException("canceling statement due to lock timeout", "55P03");
        }
        schedule.note(() -> turn + " ends who holds partition " + partition);
        database.outwaited(owner);
        return false;
    }

    void commit() throws SQLException {
        turn.pass();
        checkConnection();
        Backend committing = inUse();
        if (schedule.strikes(Fault.COMMIT_LOST)) {
            throw cut();
        }
        if (schedule.strikes(Fault.COMMIT_LATE)) {
            committing.abandonInCommit(schedule.within(8_000));
            throw lost();
        }
        committing.commit();
        if (schedule.strikes(Fault.COMMIT_ANSWER_LOST)) {
            committing.end();
            throw lost();
        }
        turn.pass();
        checkConnection();
    }

    /** Gives the connection up; the server may notice later. */
    void discard() {
        failed = false;
        if (backend != null) {
            backend.abandon(schedule.chance(700) ? schedule.nanoTime() : schedule.within(8_000));
            backend = null;
            database.step();
        }
    }

    private void checkConnection() throws SQLException {
        if (inUse().isEnded()) {
            throw schedule.chance(500)
                    ? new SQLException("terminating connection due to administrator command", "57P01")
                    : lost();
        }
    }

    private static Object brief(Object result) {
        return result instanceof Verdicts verdicts
                ? verdicts.duplicates().size() + " duplicates, "
                        + verdicts.rejected().size() + " rejected"
                : result;
    }

    private SQLException cut() {
        inUse().abandon(schedule.chance(500) ? schedule.nanoTime() : schedule.within(8_000));
        return lost();
    }

    private static SQLException lost() {
        return new SQLException("the connection is lost", "08006");
    }
}

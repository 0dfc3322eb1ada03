package dev.millrace.sink.write;

import dev.millrace.sink.simulator.Oracle;
import dev.millrace.sink.simulator.Schedule;
import dev.millrace.sink.simulator.Tables;
import dev.millrace.sink.simulator.Tables.OffsetRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The primary as far as the writer can see it: committed rows, row locks, backends that outlive their
 * clients, a server that goes away and comes back without its last transactions. What is committed is
 * compared with the log each time.
 */
public final class SimulatedDatabase {
    private final Schedule schedule;
    private final Oracle oracle;
    private final List<Tables> journal = new ArrayList<>();
    private final List<Backend> backends = new ArrayList<>();
    private final Map<Integer, Backend> locks = new TreeMap<>();
    private Tables committed = new Tables();
    private long awayUntil;
    private long standbyUntil;
    private long fullUntil;
    private int room;
    private int commits;
    private int rewinds;
    private int fenced;
    private int outwaited;

    public SimulatedDatabase(Schedule schedule, Oracle oracle) {
        this.schedule = schedule;
        this.oracle = oracle;
    }

    /** What is committed. */
    public Tables committed() {
        return committed;
    }

    public int commits() {
        return commits;
    }

    public int rewinds() {
        return rewinds;
    }

    /** How often a writer found that its offsets had moved. */
    public int fenced() {
        return fenced;
    }

    /** How often a writer ended a transaction that held its row too long. */
    public int outwaited() {
        return outwaited;
    }

    /** Ends the backends whose clients are gone, when the server notices. */
    public void step() {
        for (Backend backend : List.copyOf(backends)) {
            backend.noticeClient(schedule.nanoTime());
        }
    }

    /** All connections break, all open transactions are gone; nobody is let in for a while. */
    public void restart() {
        List.copyOf(backends).forEach(Backend::end);
        awayUntil = schedule.within(3_000);
    }

    /** Another server takes over that has not seen the last transactions. */
    public void loseTail() {
        restart();
        int lost = Math.min(journal.size(), schedule.below(6));
        List<Tables> left = List.copyOf(journal.subList(0, journal.size() - lost));
        schedule.note(() -> "rewind: lost commits " + lost);
        journal.clear();
        committed = new Tables();
        for (Tables transaction : left) {
            journal.add(transaction);
            committed.add(transaction);
        }
        rewinds++;
    }

    /** The server at this address is a standby for a while. */
    public void becomeStandby() {
        restart();
        standbyUntil = schedule.within(6_000);
    }

    public void fillDisk() {
        fullUntil = schedule.within(6_000);
    }

    /** Somebody removed a table partition in which no row was yet. */
    public void removeRoom() {
        room++;
    }

    /** An operator or a timeout of the server ends a connection. */
    public void endAnyBackend() {
        if (!backends.isEmpty()) {
            schedule.pick(backends).end();
        }
    }

    /** Everything works again. */
    public void heal() {
        awayUntil = 0;
        standbyUntil = 0;
        fullUntil = 0;
    }

    void noteFenced() {
        fenced++;
    }

    void outwaited(Backend owner) {
        outwaited++;
        owner.end();
    }

    Schedule schedule() {
        return schedule;
    }

    Backend connect() throws SQLException {
        checkRunning();
        if (schedule.nanoTime() < standbyUntil) {
            throw new SQLException("the server is a standby", "25006");
        }
        Backend backend = new Backend(this);
        backends.add(backend);
        return backend;
    }

    void checkRunning() throws SQLException {
        if (schedule.nanoTime() < awayUntil) {
            throw schedule.chance(500)
                    ? new SQLException("connection refused", "08001")
                    : new SQLException("the database system is starting up", "57P03");
        }
    }

    void checkDisk() throws SQLException {
        if (schedule.nanoTime() < fullUntil) {
            throw new SQLException("disk full", "53100");
        }
    }

    /** Changes when table partitions go. */
    int room() {
        return room;
    }

    @Nullable
    Backend owner(int partition) {
        return locks.get(partition);
    }

    void lock(int partition, Backend backend) {
        locks.put(partition, backend);
    }

    void unlock(Backend backend) {
        locks.values().removeIf(owner -> owner == backend);
    }

    void forget(Backend backend) {
        backends.remove(backend);
    }

    void commit(Tables transaction) {
        if (transaction.isEmpty()) {
            return;
        }
        transaction.offsets.forEach((partition, row) -> {
            long before =
                    committed.offsets.getOrDefault(partition, OffsetRow.NEW).nextOffset();
            if (row.nextOffset() < before) {
                throw schedule.violated(
                        "partition " + partition + " goes back from " + before + " to " + row.nextOffset());
            }
        });
        committed.add(transaction);
        journal.add(transaction);
        commits++;
        transaction.offsets.keySet().forEach(partition -> oracle.check(committed, partition));
        transaction.events.keySet().stream()
                .map(Tables.Place::partition)
                .filter(partition -> !transaction.offsets.containsKey(partition))
                .forEach(partition -> oracle.check(committed, partition));
    }
}

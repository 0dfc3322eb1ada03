package dev.millrace.sink.upkeep;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The upkeep of the tables, which one sink of a database does for all, in threads and on connections
 * of its own: no batch waits for it. Thread-safe.
 */
public final class Upkeep implements AutoCloseable {
    private final LeadersLane lane;
    private final UpkeepThread laneThread;
    private final UpkeepThread choresThread;

    private Upkeep(String name, LeadersLane lane, Chores chores) {
        this.lane = lane;
        laneThread = UpkeepThread.start(name + "-lane", new UpkeepThread.Step() {
            @Override
            public Duration run() throws SQLException {
                return lane.run();
            }

            /** The lane notices soon when the database is away; the chores may wait for hours. */
            @Override
            public void letGo() {
                lane.letGo();
                chores.letGo();
            }
        });
        choresThread = UpkeepThread.start(name + "-chores", chores);
    }

    /**
     * Starts it. Succeeds whatever is down.
     *
     * @param name of the threads and sessions
     * @param ownerUrl JDBC address of the primary with the owner's credentials
     * @param isAllowed whether the primary is the one to write to
     * @param nanoTime monotonic time in nanoseconds
     * @param clock of the append times
     */
    public static Upkeep start(
            String name,
            String ownerUrl,
            UpkeepSettings settings,
            BooleanSupplier isAllowed,
            LongSupplier nanoTime,
            Clock clock) {
        LeadersLane lane = new LeadersLane(ownerUrl, "millrace-" + name + "-lane", isAllowed, nanoTime);
        Chores chores =
                new Chores(ownerUrl, "millrace-" + name + "-chores", settings, lane::isLeading, nanoTime, clock);
        return new Upkeep(name, lane, chores);
    }

    /** Whether this process does the upkeep for all sinks of the database. */
    public boolean isLeading() {
        return lane.isLeading();
    }

    /** Bytes that wait in the pending lists of the GIN indexes, not a number while it is not known. */
    public double pendingBytes() {
        return lane.pendingBytes();
    }

    /** How often a pending list had grown long before its turn came. */
    public double longLists() {
        return lane.longLists();
    }

    /** Breaks off what is under way; the next leader does it again. */
    @Override
    public void close() {
        choresThread.close();
        laneThread.close();
    }
}

package dev.millrace.sink.upkeep;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The upkeep of the tables, which one sink of a database does for all, in threads and on connections
 * of its own: no batch waits for it. Thread-safe.
 */
public final class Upkeep implements AutoCloseable {
    private final LeadersLane lane;
    private final UpkeepThread laneThread;

    private Upkeep(String name, LeadersLane lane) {
        this.lane = lane;
        laneThread = UpkeepThread.start(name + "-lane", lane);
    }

    /**
     * Starts it. Succeeds whatever is down.
     *
     * @param name of the threads and sessions
     * @param ownerUrl JDBC address of the primary with the owner's credentials
     * @param isAllowed whether the primary is the one to write to
     * @param nanoTime monotonic time in nanoseconds
     */
    public static Upkeep start(String name, String ownerUrl, BooleanSupplier isAllowed, LongSupplier nanoTime) {
        return new Upkeep(name, new LeadersLane(ownerUrl, "millrace-" + name + "-lane", isAllowed, nanoTime));
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
        laneThread.close();
    }
}

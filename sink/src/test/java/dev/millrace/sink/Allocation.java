package dev.millrace.sink;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what the current thread allocates. */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 10;

    private Allocation() {}

    /**
     * Bytes that a task allocates for each of its units: the least of ten rounds, since the first ones
     * fill what is used again, and run before the compiler has removed what it can.
     */
    public static double bytesPerUnit(int units, Runnable task) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            task.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return (double) least / units;
    }
}

package dev.millrace.compose.process;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** The one place that waits by looking again. */
final class Waiting {
    private static final long STEP_MILLIS = 25;

    private Waiting() {}

    /**
     * Looks until the answer is yes or the time is up.
     *
     * @return the last answer
     * @throws CancellationException if the thread is interrupted
     */
    static boolean until(BooleanSupplier condition, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            try {
                Thread.sleep(STEP_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted");
            }
        }
        return true;
    }
}

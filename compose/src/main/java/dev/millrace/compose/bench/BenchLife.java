package dev.millrace.compose.bench;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;

/** How a measurement ends, by itself or because it was closed. Thread-safe. */
final class BenchLife implements AutoCloseable {
    private final CountDownLatch stop = new CountDownLatch(1);
    private final BenchStack stack;

    BenchLife(BenchStack stack) {
        this.stack = stack;
    }

    /** Zero as soon as it is to end; to be waited for wherever time passes. */
    CountDownLatch stop() {
        return stop;
    }

    /** @throws CancellationException if the work failed after it was closed */
    <T> T run(Callable<T> work) throws Exception {
        try {
            return work.call();
        } catch (Exception failure) {
            if (stop.getCount() == 0) {
                throw new CancellationException("stopped");
            }
            throw failure;
        }
    }

    /** Stops the stack; returns when no process is left. May be called again. */
    @Override
    public void close() {
        stop.countDown();
        stack.close();
    }
}

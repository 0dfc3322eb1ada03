package dev.millrace.compose.bench;

import dev.millrace.compose.bench.BenchStack.Addresses;
import dev.millrace.compose.stack.Progress;
import dev.millrace.compose.stack.StackDirectory;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;

/**
 * The stack of a measurement while its sink runs, with what a variant has otherwise. Measure on it once; close
 * it from any thread.
 */
final class MeasuredStack implements AutoCloseable {
    private final StackVariant variant;
    private final BenchStack stack;
    private final BenchLife life;

    /** What is done with it. */
    interface Work<T> {
        /** @param variant with what the servers say that they have */
        T measure(Addresses addresses, StackVariant variant) throws Exception;
    }

    /** Claims the directory; starts nothing yet. */
    MeasuredStack(Path directory, StackVariant variant, Progress progress) {
        this.variant = variant;
        stack = new BenchStack(new StackDirectory(directory), progress);
        life = new BenchLife(stack);
    }

    /**
     * Starts everything and measures.
     *
     * @throws CancellationException if that failed after it was closed
     */
    <T> T run(Work<T> work) throws Exception {
        return life.run(() -> {
            Addresses addresses = stack.startWithSink(variant);
            Map<String, String> postgres = stack.change(variant.postgres());
            return work.measure(addresses, variant.withPostgres(postgres));
        });
    }

    /** As {@link BenchLife#stop()}. */
    CountDownLatch stop() {
        return life.stop();
    }

    /** As {@link BenchStack#cpuSeconds()}. */
    Map<String, Double> cpuSeconds() {
        return stack.cpuSeconds();
    }

    /** Stops everything; returns when no process is left. May be called again. */
    @Override
    public void close() {
        life.close();
    }
}

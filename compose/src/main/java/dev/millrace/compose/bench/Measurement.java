package dev.millrace.compose.bench;

/** A scenario on a stack of its own. Run it once; close it from any thread. */
public interface Measurement extends AutoCloseable {
    /**
     * Measures.
     *
     * @throws java.util.concurrent.CancellationException if it was closed before the end
     * @throws IllegalStateException if what was to be stored was not, or not in time
     */
    BenchReport run() throws Exception;

    /** Stops everything; returns when no process is left. May be called again. */
    @Override
    void close();
}

package dev.millrace.sink.loop;

/** Time that only runs forward, in nanoseconds from any beginning. */
@FunctionalInterface
public interface Ticker {
    /** The system's monotonic clock. */
    Ticker SYSTEM = System::nanoTime;

    long nanoTime();
}

package dev.millrace.compose.bench;

/** One way to get the events into the primary. */
interface Contender {
    String name();

    /** Where its events and identities go. */
    Schema schema();

    /**
     * Brings all events into empty tables.
     *
     * @param clock is told of the commits, to the last one
     * @throws java.util.concurrent.CancellationException if the measurement was stopped meanwhile
     */
    void run(CommitClock clock) throws Exception;
}

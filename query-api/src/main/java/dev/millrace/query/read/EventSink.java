package dev.millrace.query.read;

/** Takes the events of a chunk. Used by one thread at a time. */
public interface EventSink {
    /** Forgets what it holds: the chunk is read from its beginning, perhaps once more. */
    void clear();

    /**
     * Takes the next event.
     *
     * @return whether there is room for another one
     */
    boolean add(PrintedEvent event);
}

package dev.millrace.sink.reject;

import java.util.List;

/** Where rejected events are published. Not thread-safe. */
interface DeadLetters extends AutoCloseable {
    /**
     * Publishes these and waits for the answers, half a minute at most.
     *
     * @return one answer each, in the same order
     */
    List<Publication> publish(List<RejectedEvent> events);

    @Override
    void close();
}

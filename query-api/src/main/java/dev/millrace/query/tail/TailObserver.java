package dev.millrace.query.tail;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Is told what happens, by any thread.
 *
 * @param read how long it took to read what was new, once for all clients
 * @param dropped a client was given up because it took its events too slowly
 */
public record TailObserver(Consumer<Duration> read, Runnable dropped) {}

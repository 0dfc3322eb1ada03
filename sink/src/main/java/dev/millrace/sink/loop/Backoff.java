package dev.millrace.sink.loop;

import java.time.Duration;

/** Waiting times that double from one failure to the next, up to a limit. Not thread-safe. */
final class Backoff {
    private final Duration first;
    private final Duration limit;
    private int failures;

    Backoff(Duration first, Duration limit) {
        this.first = first;
        this.limit = limit;
    }

    /** How often something failed since it last worked. */
    int failures() {
        return failures;
    }

    /** Counts a failure and says how long to wait now. */
    Duration next() {
        Duration wait = first.multipliedBy(1L << Math.min(failures, 20));
        failures++;
        return wait.compareTo(limit) < 0 ? wait : limit;
    }

    void reset() {
        failures = 0;
    }
}

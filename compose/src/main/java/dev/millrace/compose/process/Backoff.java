package dev.millrace.compose.process;

import java.time.Duration;

/**
 * How long to wait before a child is started again. The wait doubles with each death and starts
 * small again after a long life. Not thread-safe.
 */
final class Backoff {
    private final Duration first;
    private final Duration longest;
    private Duration next;

    /**
     * @param first wait after the first death, above zero
     * @param longest no wait is longer; a life longer than this one counts as healthy
     */
    Backoff(Duration first, Duration longest) {
        if (first.isZero() || first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("first=" + first + ", longest=" + longest);
        }
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /** The wait after a death, given how long that life was. */
    Duration afterLifeOf(Duration life) {
        Duration wait = life.compareTo(longest) > 0 ? first : next;
        Duration doubled = wait.multipliedBy(2);
        next = doubled.compareTo(longest) > 0 ? longest : doubled;
        return wait;
    }
}

package dev.millrace.query.read;

import java.time.Duration;

/** Time that only moves on, and the wait for it to do so. */
public interface Ticker {
    /** Nanoseconds since some moment; only differences mean something. */
    long nanoTime();

    /** Returns when at least this time has passed. */
    void sleep(Duration duration) throws InterruptedException;

    /** The real one. */
    static Ticker system() {
        return new Ticker() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
            }
        };
    }
}

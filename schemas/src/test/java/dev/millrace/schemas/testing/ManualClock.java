package dev.millrace.schemas.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Time that only moves when a test says so. The wall's time and the monotonic time are kept apart, as
 * on a machine whose clock is set: code that measures with the wall is caught. Thread-safe.
 */
public final class ManualClock extends Clock {
    /** A millisecond before the overflow: comparing two readings across it, not their difference, fails. */
    private static final long FIRST_NANOS = Long.MAX_VALUE - 1_000_000;

    private Instant wall;
    private long nanos = FIRST_NANOS;

    public ManualClock(Instant wall) {
        this.wall = wall;
    }

    /** Time passes, on both. */
    public synchronized void pass(Duration duration) {
        wall = wall.plus(duration);
        nanos += duration.toNanos();
    }

    /** Somebody sets the wall's clock, forward or back; no time passes. */
    public synchronized void set(Instant newWall) {
        wall = newWall;
    }

    /** Monotonic time in nanoseconds; only differences mean something. */
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public synchronized Instant instant() {
        return wall;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("everything is in UTC");
    }
}

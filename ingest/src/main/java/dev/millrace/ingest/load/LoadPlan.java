package dev.millrace.ingest.load;

import java.time.Duration;

/**
 * When events are sent.
 *
 * @param perSecond events a second; {@link #UNLIMITED} for as fast as they are taken
 * @param events how many at most, at least 1; {@link Long#MAX_VALUE} for no limit
 * @param length for how long at most, above zero
 */
public record LoadPlan(double perSecond, long events, Duration length) {
    public static final double UNLIMITED = Double.POSITIVE_INFINITY;

    /** Longer than any load; its nanoseconds fit a long. */
    public static final Duration ENDLESS = Duration.ofDays(365);

    public LoadPlan {
        if (!(perSecond > 0) || events < 1 || length.isNegative() || length.isZero()) {
            throw new IllegalArgumentException("perSecond=" + perSecond + ", events=" + events + ", length=" + length);
        }
    }

    /** How many events that is, as far as it can be told; {@link Long#MAX_VALUE} where nothing tells it. */
    public long expected() {
        double scheduled = Math.ceil(length.toNanos() / 1e9 * perSecond);
        return Math.min(events, scheduled >= Long.MAX_VALUE ? Long.MAX_VALUE : (long) scheduled);
    }

    boolean isPaced() {
        return perSecond != UNLIMITED;
    }

    /** When an event is due, in nanoseconds after the first one; 0 where there is no pace. */
    long dueNanos(long index) {
        return (long) (index / perSecond * 1e9);
    }
}

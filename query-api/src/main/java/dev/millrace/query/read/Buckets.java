package dev.millrace.query.read;

import java.time.Instant;

/**
 * A span of time, cut at the multiples of a step since 1970-01-01T00:00:00Z. The first and the last
 * bucket reach beyond the span if it does not begin and end at such a multiple; they hold what lies in
 * the span.
 *
 * @param from first instant of the span
 * @param until first instant after it, whole microseconds
 * @param stepSeconds length of a bucket, 1 or more
 */
public record Buckets(Instant from, Instant until, long stepSeconds) {
    public Buckets {
        if (!from.isBefore(until) || stepSeconds < 1) {
            throw new IllegalArgumentException("from " + from + " until " + until + " step " + stepSeconds);
        }
    }

    /** First instant of the bucket that holds this one. */
    public static Instant start(Instant instant, long stepSeconds) {
        return Instant.ofEpochSecond(number(instant, stepSeconds) * stepSeconds);
    }

    /** How many there are, 1 or more. */
    public long count() {
        return last() - first() + 1;
    }

    /** First instant of one of them, counted from 0. */
    public Instant start(int index) {
        return Instant.ofEpochSecond((first() + index) * stepSeconds);
    }

    /** The number of the first one, counted from 1970. */
    long first() {
        return number(from, stepSeconds);
    }

    /** The number of the last one, counted from 1970. */
    long last() {
        return number(until.minusNanos(1), stepSeconds);
    }

    private static long number(Instant instant, long stepSeconds) {
        return Math.floorDiv(instant.getEpochSecond(), stepSeconds);
    }
}

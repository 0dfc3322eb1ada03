package dev.millrace.ingest.library;

import java.util.SplittableRandom;

/**
 * Few are wanted often and many rarely: the member of rank k comes about as often as 1/k^exponent says
 * (Zipf's law, smoothed). Thread-safe.
 */
final class Popularity {
    private final int members;
    private final double power;
    private final double span;

    /**
     * @param members how many there are
     * @param exponent above 0, below 1; 0 would want all alike
     */
    Popularity(int members, double exponent) {
        this.members = members;
        power = 1 - exponent;
        span = StrictMath.pow(members + 1.0, power) - 1;
    }

    /** A member from 0, the most wanted one, on. Strict arithmetic: the same on every machine. */
    int next(SplittableRandom random) {
        double place = StrictMath.pow(1 + random.nextDouble() * span, 1 / power);
        return Math.min(members, (int) place) - 1;
    }
}

package dev.millrace.ingest.library;

import java.util.SplittableRandom;
import java.util.UUID;

/** The form of event ids; it decides where in an index they come to lie. */
public enum EventIds {
    /** Version 7 of RFC 9562: the milliseconds first, so that ids grow with time; the rest is random. */
    V7 {
        @Override
        UUID next(long millis, SplittableRandom random) {
            return new UUID(millis << 16 | 0x7000L | random.nextInt(1 << 12), variant(random.nextLong()));
        }
    },
    /** Version 4: no order at all. */
    RANDOM {
        @Override
        UUID next(long millis, SplittableRandom random) {
            return random(random);
        }
    };

    /** @param millis since 1970 */
    abstract UUID next(long millis, SplittableRandom random);

    /** An id of version 4, from the given random numbers alone. */
    static UUID random(SplittableRandom random) {
        return new UUID(random.nextLong() & ~0xF000L | 0x4000L, variant(random.nextLong()));
    }

    private static long variant(long low) {
        return low & -1L >>> 2 | Long.MIN_VALUE;
    }
}

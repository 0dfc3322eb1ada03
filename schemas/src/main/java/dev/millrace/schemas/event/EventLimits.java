package dev.millrace.schemas.event;

import java.time.Instant;

/**
 * What an event may be. Sizes are UTF-8 bytes, characters are code points. The limits hold before
 * Kafka where Millrace is the producer, and again before the database.
 */
public final class EventLimits {
    /** Longest event type, in characters; the shortest is 1. */
    public static final int TYPE_CHARACTERS = 200;

    /** Longest key, in characters; the index on it takes 2,704 bytes. */
    public static final int KEY_CHARACTERS = 200;

    /** Largest payload in bytes, as sent and as Postgres prints it back. */
    public static final int PAYLOAD_BYTES = 1 << 20;

    /** Largest metadata in bytes, as sent and as Postgres prints it back. */
    public static final int METADATA_BYTES = 1 << 16;

    /** Deepest nesting of objects and arrays; the outermost object is depth 1. */
    public static final int JSON_DEPTH = 64;

    /** Most significant digits of a number. */
    public static final int SIGNIFICANT_DIGITS = 100;

    /** Numbers other than 0 lie between 1e-308 and 1e308, both allowed. */
    public static final int EXPONENT = 308;

    /** First instant of year 1. */
    public static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    /** First instant after year 9999. */
    public static final Instant LATEST = Instant.parse("+10000-01-01T00:00:00Z");

    private EventLimits() {}
}

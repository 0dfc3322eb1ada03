package dev.millrace.compose.endtoend;

import dev.millrace.ingest.publish.OutgoingEvent;
import dev.millrace.schemas.event.Event;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * An event of a trial of walks. It follows from the trial's seed and its own number alone, so whoever knows these
 * can say what is in it and which filters find it, without asking the store.
 *
 * @param key number of its key; below zero for none
 * @param second when it happened, after {@link #START}; in no order
 */
record WalkEvent(int number, UUID id, int type, int key, int shape, int tag, int source, int second) {
    static final Instant START = Instant.parse("2021-07-21T06:00:00Z");
    static final int TYPES = 8;
    static final int KEYS = 40;
    static final int SHAPES = 10;
    static final int TAGS = 20;
    static final int SOURCES = 5;
    static final int SECONDS = 1_000_000;

    private static final int ONE_WITHOUT_KEY = 5;
    private static final int LONGEST_TEXT = 200;
    private static final String PAYLOAD =
            "{\"number\": %d, \"shape\": \"shape-%d\", \"tags\": [\"tag-%d\", \"any\"], \"text\": \"%s\"}";
    private static final String METADATA = "{\"source\": \"source-%d\", \"trace\": {\"number\": %d}}";

    static WalkEvent of(long seed, int number) {
        SplittableRandom random = new SplittableRandom(seed ^ number * 0xD134_2543_DE82_EF95L);
        UUID id = new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() & (-1L >>> 2) | Long.MIN_VALUE);
        return new WalkEvent(
                number,
                id,
                random.nextInt(TYPES),
                random.nextInt(ONE_WITHOUT_KEY) == 0 ? -1 : random.nextInt(KEYS),
                random.nextInt(SHAPES),
                random.nextInt(TAGS),
                random.nextInt(SOURCES),
                random.nextInt(SECONDS));
    }

    OutgoingEvent outgoing() {
        String payload = PAYLOAD.formatted(number, shape, tag, "x".repeat(number % LONGEST_TEXT));
        String metadata = METADATA.formatted(source, number);
        return new OutgoingEvent(
                keyName(), new Event(id, "type-" + type, START.plusSeconds(second), payload, metadata));
    }

    /** Null for none. */
    String keyName() {
        return key < 0 ? null : "key-" + key;
    }
}

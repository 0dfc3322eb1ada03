package dev.millrace.schemas.testing;

import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Many events of many kinds, the same ones for the same seed: two types, fifty keys and none, texts of
 * 0 to 400 characters beyond ASCII, numbers with zeros at the end. Not thread-safe.
 */
public final class EventGenerator {
    private static final Instant START = Instant.parse("2021-07-21T06:00:00Z");

    private final Random random;
    private int made;

    public EventGenerator(long seed) {
        random = new Random(seed);
    }

    /** The next events. */
    public Stream<EventBuilder> events(int count) {
        return Stream.generate(this::next).limit(count);
    }

    private EventBuilder next() {
        int number = made++;
        String payload = "{\"action\":\"%s\",\"number\":%d,\"ratio\":%d.50,\"text\":\"%s\"}"
                .formatted(
                        random.nextBoolean() ? "opened" : "closed",
                        number,
                        random.nextInt(1_000),
                        "Grüße \\u0416 \\\"quoted\\\" " + "x".repeat(random.nextInt(400)));
        return new EventBuilder(
                random.nextInt(10) == 0 ? null : "key-" + random.nextInt(50),
                new UUID(random.nextLong(), random.nextLong()),
                random.nextBoolean() ? "PushEvent" : "PullRequestEvent",
                START.plusSeconds(number).plusNanos(random.nextInt(1_000_000) * 1_000L),
                payload,
                "{\"source\":\"generated\"}");
    }
}

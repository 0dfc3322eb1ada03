package dev.millrace.compose.torture;

import dev.millrace.compose.history.Fate;
import dev.millrace.compose.history.Intent;
import dev.millrace.schemas.event.Event;
import dev.millrace.schemas.event.EventCodec;
import dev.millrace.schemas.event.EventLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one producer sends, the same for the same seed but for the numbers of the sends: events of many
 * sizes, some sent again, some under an id that is taken, some that are no events. Not thread-safe.
 */
final class EventMaker {
    private static final Instant START = Instant.parse("2021-07-21T06:00:00Z");
    private static final int ONE_OF_POISON = 100;
    private static final int ONE_OF_REPEATS = 50;
    private static final int ONE_OF_CONFLICTS = 500;
    private static final int ONE_OF_LONG = 20;
    private static final int ONE_OF_LARGEST = 4_000;
    private static final int ONE_WITHOUT_KEY = 5;
    private static final int USUAL_CHARACTERS = 600;
    private static final int LONG_CHARACTERS = 10_000;

    /** An id that comes again does so within as many sends: often in a later batch, often in the same. */
    private static final int REMEMBERED = 500;

    private static final String PAYLOAD = "{\"number\": %d, \"ratio\": %d.50, \"text\": \"Grüße %s\"}";

    private final Random random;
    private final int producer;
    private final List<String> keys;
    private final LongSupplier sends;
    private final EventCodec codec = new EventCodec();
    private final PoisonMaker poison;
    private final Map<String, Long> sequences = new HashMap<>();
    private final List<Valid> recent = new ArrayList<>();
    private int made;

    /** A valid event that was sent, for sending it again. */
    private record Valid(Event event, @Nullable String key, byte[] value) {}

    /**
     * @param producer number of the producer
     * @param keys that no other producer uses
     * @param sends gives each send of the run its number
     */
    EventMaker(Random random, int producer, List<String> keys, LongSupplier sends) {
        this.random = random;
        this.producer = producer;
        this.keys = keys;
        this.sends = sends;
        poison = new PoisonMaker(random);
    }

    Intent next() {
        made++;
        if (random.nextInt(ONE_OF_POISON) == 0) {
            UUID id = id();
            PoisonMaker.Bytes bytes = poison.next(id);
            return new Intent(sends.getAsLong(), producer, id, null, 0, Fate.POISON, bytes.value(), bytes.recordKey());
        }
        if (!recent.isEmpty() && random.nextInt(ONE_OF_CONFLICTS) == 0) {
            Valid taken = recent.get(random.nextInt(recent.size()));
            Event other = event(taken.event().eventId());
            return intent(Fate.CONFLICT, new Valid(other, taken.key(), codec.encode(other)));
        }
        if (!recent.isEmpty() && random.nextInt(ONE_OF_REPEATS) == 0) {
            return intent(Fate.REPEAT, recent.get(random.nextInt(recent.size())));
        }
        Event event = event(id());
        String key = random.nextInt(ONE_WITHOUT_KEY) == 0 ? null : keys.get(random.nextInt(keys.size()));
        Valid valid = new Valid(event, key, codec.encode(event));
        remember(valid);
        return intent(Fate.VALID, valid);
    }

    private Intent intent(Fate fate, Valid what) {
        String key = what.key();
        long sequence = key == null ? 0 : sequences.merge(key, 1L, Long::sum);
        return new Intent(
                sends.getAsLong(),
                producer,
                what.event().eventId(),
                key,
                sequence,
                fate,
                what.value(),
                codec.encodeKey(key));
    }

    private void remember(Valid valid) {
        if (valid.value().length > LONG_CHARACTERS * 2) {
            return;
        }
        if (recent.size() < REMEMBERED) {
            recent.add(valid);
        } else {
            recent.set(random.nextInt(REMEMBERED), valid);
        }
    }

    private Event event(UUID id) {
        String type = random.nextBoolean() ? "torture-opened" : "torture-closed";
        Instant occurred = START.plus(Duration.ofMillis(made)).plusNanos(random.nextInt(1_000) * 1_000L);
        String payload = PAYLOAD.formatted(made, random.nextInt(1_000), letters(characters()));
        return new Event(id, type, occurred, payload, "{\"source\": \"torture\"}");
    }

    private int characters() {
        if (random.nextInt(ONE_OF_LARGEST) == 0) {
            // With what surrounds it just within the limit, also as Postgres prints it.
            return EventLimits.PAYLOAD_BYTES - 200;
        }
        return random.nextInt(random.nextInt(ONE_OF_LONG) == 0 ? LONG_CHARACTERS : USUAL_CHARACTERS);
    }

    private String letters(int count) {
        char[] letters = new char[count];
        for (int i = 0; i < count; i++) {
            letters[i] = (char) ('a' + random.nextInt(16));
        }
        return new String(letters);
    }

    private UUID id() {
        return new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() & (-1L >>> 2) | Long.MIN_VALUE);
    }
}

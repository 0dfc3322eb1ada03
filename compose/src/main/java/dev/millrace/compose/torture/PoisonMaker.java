package dev.millrace.compose.torture;

import dev.millrace.schemas.event.EventLimits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes records that are no events, the same ones for the same seed. Not thread-safe. */
final class PoisonMaker {
    /** Before the year 1. */
    private static final long TOO_EARLY_MICROS = -62_200_000_000_000_000L;

    /** Large ones are rare: they cost a producer its turn. */
    private static final int ONE_OF_LARGE = 20;

    private static final Poison[] SMALL = Arrays.copyOf(Poison.values(), Poison.values().length - 1);

    private final Random random;

    PoisonMaker(Random random) {
        this.random = random;
    }

    /** @param recordKey null for none */
    record Bytes(byte @Nullable [] recordKey, byte @Nullable [] value) {}

    Bytes next(UUID id) {
        Poison poison = random.nextInt(ONE_OF_LARGE) == 0 ? Poison.TOO_LARGE : SMALL[random.nextInt(SMALL.length)];
        byte[] recordKey =
                poison == Poison.BAD_RECORD_KEY ? new byte[] {'k', (byte) 0xFF, (byte) random.nextInt()} : null;
        return new Bytes(recordKey, value(poison, id));
    }

    private byte @Nullable [] value(Poison poison, UUID id) {
        RawEvent event = RawEvent.of(id, "{\"n\": " + random.nextInt() + "}");
        return switch (poison) {
            case NOT_AVRO -> noise();
            case EMPTY -> new byte[0];
            case NO_VALUE -> null;
            case CUT -> cut(event.value());
            case TRAILING_BYTES -> Arrays.copyOf(event.value(), event.value().length + 3);
            case UNKNOWN_SCHEMA -> otherSchema(event.value());
            case NO_TYPE -> event.withType("").value();
            case NOT_UTF8 ->
                event.withPayload(new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'})
                        .value();
            case YEAR_ZERO -> event.withMicros(TOO_EARLY_MICROS).value();
            case BAD_RECORD_KEY -> event.value();
            case BROKEN_JSON, NO_OBJECT, DOUBLE_KEY, NUL, HALF_PAIR, TOO_DEEP, HUGE_NUMBER, TOO_LARGE ->
                event.withPayload(payload(poison).getBytes(StandardCharsets.UTF_8))
                        .value();
        };
    }

    private static String payload(Poison poison) {
        return switch (poison) {
            case BROKEN_JSON -> "{\"a\": 1,}";
            case NO_OBJECT -> "[1, 2]";
            case DOUBLE_KEY -> "{\"a\": 1, \"a\": 2}";
            case NUL -> "{\"a\": \"\\u0000\"}";
            case HALF_PAIR -> "{\"a\": \"\\ud83d\"}";
            case TOO_DEEP -> "{\"a\": " + "[".repeat(EventLimits.JSON_DEPTH) + "]".repeat(EventLimits.JSON_DEPTH) + "}";
            case HUGE_NUMBER -> "{\"a\": 1e309}";
            case TOO_LARGE -> "{\"a\": \"" + "x".repeat(EventLimits.PAYLOAD_BYTES) + "\"}";
            default -> throw new IllegalArgumentException(poison.toString());
        };
    }

    private byte[] noise() {
        byte[] bytes = new byte[1 + random.nextInt(1_000)];
        random.nextBytes(bytes);
        // Never the marker of single-object encoding.
        bytes[0] &= 0x3F;
        return bytes;
    }

    private byte[] cut(byte[] value) {
        return Arrays.copyOf(value, 1 + random.nextInt(value.length - 1));
    }

    private byte[] otherSchema(byte[] value) {
        byte[] other = value.clone();
        other[2 + random.nextInt(8)] ^= (byte) (1 + random.nextInt(255));
        return other;
    }
}

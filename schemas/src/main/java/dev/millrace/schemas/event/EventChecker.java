package dev.millrace.schemas.event;

/**
 * Holds an event against {@link EventLimits}. What it lets through, Postgres stores and prints back
 * equal and bounded. Not thread-safe.
 */
final class EventChecker {
    private static final long EARLIEST_MICROS = EventLimits.EARLIEST.getEpochSecond() * 1_000_000;
    private static final long LATEST_MICROS = EventLimits.LATEST.getEpochSecond() * 1_000_000;

    private final JsonChecker json = new JsonChecker();

    /**
     * @throws InvalidEventException with the first limit that is passed
     */
    void check(EncodedEvent event) {
        checkType(event.value(), event.typeOffset(), event.typeLength());
        if (event.occurredAtMicros() < EARLIEST_MICROS || event.occurredAtMicros() >= LATEST_MICROS) {
            throw new InvalidEventException(
                    RejectReason.INVALID_TIME,
                    "occurred_at is outside the years 1 to 9999: " + event.occurredAtMicros() + " microseconds");
        }
        checkJson("payload", event.value(), event.payloadOffset(), event.payloadLength(), EventLimits.PAYLOAD_BYTES);
        checkJson(
                "metadata", event.value(), event.metadataOffset(), event.metadataLength(), EventLimits.METADATA_BYTES);
    }

    /**
     * @throws InvalidEventException if the key is too long or is no text that Postgres stores
     */
    void checkKey(byte[] key) {
        int characters = 0;
        for (int position = 0; position < key.length; characters++) {
            position += textCharacter("key", key, position, key.length);
        }
        if (characters > EventLimits.KEY_CHARACTERS) {
            throw new InvalidEventException(
                    RejectReason.TOO_LARGE,
                    "key has " + characters + " characters, at most " + EventLimits.KEY_CHARACTERS + " are allowed");
        }
    }

    private static void checkType(byte[] bytes, int offset, int length) {
        int characters = 0;
        int end = offset + length;
        for (int position = offset; position < end; characters++) {
            int size = textCharacter("event_type", bytes, position, end);
            if (isControl(bytes, position)) {
                throw new InvalidEventException(
                        RejectReason.INVALID_TYPE, "event_type has a control character at byte " + (position - offset));
            }
            position += size;
        }
        if (characters < 1 || characters > EventLimits.TYPE_CHARACTERS) {
            throw new InvalidEventException(
                    RejectReason.INVALID_TYPE,
                    "event_type has " + characters + " characters, 1 to " + EventLimits.TYPE_CHARACTERS
                            + " are allowed");
        }
    }

    /** U+0000 to U+001F, U+007F, and U+0080 to U+009F, which UTF-8 writes as C2 80 to C2 9F. */
    private static boolean isControl(byte[] bytes, int position) {
        int first = bytes[position] & 0xFF;
        return first < 0x20 || first == 0x7F || (first == 0xC2 && (bytes[position + 1] & 0xFF) < 0xA0);
    }

    /** Length of one character in bytes. */
    private static int textCharacter(String field, byte[] bytes, int position, int end) {
        if (bytes[position] == 0) {
            throw new InvalidEventException(RejectReason.NUL_CHARACTER, field + " has U+0000");
        }
        int size = bytes[position] > 0 ? 1 : StrictUtf8.characterLength(bytes, position, end);
        if (size == 0) {
            throw new InvalidEventException(RejectReason.INVALID_UTF8, field + " is not UTF-8");
        }
        return size;
    }

    private void checkJson(String field, byte[] bytes, int offset, int length, int most) {
        if (length > most) {
            throw tooLarge(field, length, "", most);
        }
        long printed;
        try {
            printed = json.checkObject(bytes, offset, length);
        } catch (InvalidEventException invalid) {
            throw invalid.inField(field);
        }
        if (printed > most) {
            throw tooLarge(field, printed, " as Postgres prints it", most);
        }
    }

    private static InvalidEventException tooLarge(String field, long length, String form, int most) {
        return new InvalidEventException(
                RejectReason.TOO_LARGE, field + " has " + length + " bytes" + form + ", at most " + most);
    }
}

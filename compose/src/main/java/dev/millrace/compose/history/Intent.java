package dev.millrace.compose.history;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a producer is about to send.
 *
 * @param send number of the send; no other send of any producer has it, a repeat has its own
 * @param producer the producer session: one life of one process
 * @param eventId id of the event; for {@link Fate#POISON} one that nothing else has
 * @param key key of the event, null for none
 * @param keySequence 1, 2, 3 … in the order in which this producer sends with this key, whatever the
 *     fate; 0 without a key
 * @param value the exact bytes of the record, null for none; nobody may change them
 * @param recordKey the exact bytes of the record's key, null for none; nobody may change them
 */
public record Intent(
        long send,
        int producer,
        UUID eventId,
        @Nullable String key,
        long keySequence,
        Fate fate,
        byte @Nullable [] value,
        byte @Nullable [] recordKey) {
    public Intent {
        if (keySequence < 0 || (key == null) != (keySequence == 0)) {
            throw new IllegalArgumentException(
                    "a sequence begins at 1 with a key and is 0 without: key=" + key + ", keySequence=" + keySequence);
        }
    }
}

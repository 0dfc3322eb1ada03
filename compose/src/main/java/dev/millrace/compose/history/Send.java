package dev.millrace.compose.history;

import dev.millrace.schemas.Position;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One send, as its producer's journal tells it.
 *
 * @param content of the record's key and value
 */
record Send(
        long number,
        int producer,
        UUID eventId,
        @Nullable String key,
        long keySequence,
        Fate fate,
        Digest content,
        Outcome outcome) {

    /** What became of it. */
    sealed interface Outcome {
        /** @param at where the broker says that the record is */
        record Acknowledged(Position at) implements Outcome {}

        /** Certainly not in the topic. */
        record Failed(String reason) implements Outcome {}

        /** In the topic once or not at all. */
        record Unknown(String reason) implements Outcome {}
    }

    Send with(Outcome known) {
        return new Send(number, producer, eventId, key, keySequence, fate, content, known);
    }

    @Override
    public String toString() {
        return "send " + number + " of producer " + producer + " (" + fate + ", event " + eventId + ")";
    }
}

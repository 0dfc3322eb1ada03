package dev.millrace.query.read;

import dev.millrace.schemas.Position;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of a record that Kafka has acknowledged. */
public sealed interface ReceiptAnswer {
    /** What has become of a record. */
    enum State {
        /** The replica has not got that far; ask again. */
        PENDING,
        /** It is an event. */
        STORED,
        /** Its event was there already, the same; nothing of this record is stored. */
        DUPLICATE,
        /** It is no event, or one that conflicts with an earlier one. */
        REJECTED,
        /** Kafka did not hold it any more when it was to be stored. */
        GAP;

        private final String label = name().toLowerCase(Locale.ROOT);

        /** The name in the API. */
        public String label() {
            return label;
        }
    }

    /**
     * A receipt.
     *
     * @param eventId of a stored event; of a rejected one if its bytes can be read; else null, also of a
     *     duplicate, of which no byte is kept
     * @param reason why it is rejected, or how the gap came about; null in other states
     * @param kept first record with the id, of a conflict while that is stored; else null
     */
    record Receipt(
            State state,
            @Nullable UUID eventId,
            @Nullable String reason,
            @Nullable Position kept) implements ReceiptAnswer {
        static Receipt of(State state) {
            return new Receipt(state, null, null, null);
        }

        static Receipt of(State state, String reason) {
            return new Receipt(state, null, reason, null);
        }

        static Receipt stored(UUID eventId) {
            return new Receipt(State.STORED, eventId, null, null);
        }
    }

    /**
     * The sink has passed the position, and nothing tells what was there: no record of a producer, or
     * one whose event is removed by retention.
     */
    record NothingLeft() implements ReceiptAnswer {}

    /** The topic has no such partition. */
    record NoPartition() implements ReceiptAnswer {}
}

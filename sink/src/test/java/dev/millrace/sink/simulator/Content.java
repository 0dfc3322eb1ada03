package dev.millrace.sink.simulator;

import dev.millrace.schemas.testing.EventBuilder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a record of the log says, known here from the intention and to the sink from its bytes alone. */
public enum Content {
    FIRST,
    /** The same event for the sink: only type and payload are compared. */
    OTHER_METADATA,
    OTHER_PAYLOAD,
    OTHER_TYPE,
    /** A good event that the modelled database does not take. */
    REFUSED,
    GARBAGE,
    NO_VALUE,
    /** An offset without a record, as a transaction leaves it. */
    MARKER;

    /** Event ids in the whole simulation. */
    public static final int IDS = 64;

    private static final String REFUSED_TYPE = "refused";
    private static final byte[] NOT_AVRO = {7, 7, 7};
    private final byte[][] values = new byte[IDS][];

    static {
        for (int id = 0; id < IDS; id++) {
            EventBuilder event = EventBuilder.EVENT.withId(EventBuilder.id(id)).withPayload("{}");
            FIRST.values[id] = event.value();
            OTHER_PAYLOAD.values[id] = event.withPayload("{\"a\":1}").value();
            OTHER_TYPE.values[id] = event.withType("book-returned").value();
            REFUSED.values[id] = event.withType(REFUSED_TYPE).value();
            OTHER_METADATA.values[id] = new EventBuilder(
                            event.key(), event.id(), event.type(), event.occurredAt(), event.payload(), "{\"b\":2}")
                    .value();
            GARBAGE.values[id] = NOT_AVRO;
        }
    }

    /** The value of a record with this event id; null if there is none. */
    public byte @Nullable [] value(int id) {
        return values[id];
    }

    public boolean isEvent() {
        return ordinal() <= REFUSED.ordinal();
    }

    /** Whether the modelled database refuses a row, by its event type. */
    public static boolean isRefusedType(byte[] value, int offset, int length) {
        return new String(value, offset, length, StandardCharsets.UTF_8).equals(REFUSED_TYPE);
    }

    /** Whether two records with one id say the same. */
    boolean agreesWith(Content other) {
        return isPlain(this) ? isPlain(other) : this == other;
    }

    private static boolean isPlain(Content content) {
        return content == FIRST || content == OTHER_METADATA;
    }
}

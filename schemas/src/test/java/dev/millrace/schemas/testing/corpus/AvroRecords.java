package dev.millrace.schemas.testing.corpus;

import static dev.millrace.schemas.event.RejectReason.INVALID_JSON;
import static dev.millrace.schemas.event.RejectReason.UNDECODABLE;

import dev.millrace.schemas.testing.RecordBytes;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The right header, and after it lengths and numbers that lie. */
final class AvroRecords {
    private static final Map<String, Long> LENGTHS = new TreeMap<>(Map.of(
            "minus-one",
            -1L,
            "long-min",
            Long.MIN_VALUE,
            "long-max",
            Long.MAX_VALUE,
            "int-max",
            (long) Integer.MAX_VALUE,
            "two-to-31",
            1L << 31,
            "two-to-32",
            1L << 32,
            "two-to-32-and-2",
            (1L << 32) + 2,
            "two-to-40",
            1L << 40));

    private AvroRecords() {}

    static void add(Function<String, Draft> draft) {
        LENGTHS.forEach((name, length) -> {
            draft.apply("avro.id-length-" + name)
                    .rejected(RecordBytes.begin().number(length).toBytes(), UNDECODABLE);
            draft.apply("avro.type-length-" + name)
                    .rejected(upToType().number(length).hex("74").toBytes(), UNDECODABLE);
            draft.apply("avro.payload-length-" + name)
                    .rejected(upToPayload().number(length).hex("7b7d").toBytes(), UNDECODABLE);
            draft.apply("avro.metadata-length-" + name)
                    .rejected(
                            upToPayload().text("{}").number(length).hex("7b7d").toBytes(), UNDECODABLE);
        });
        draft.apply("avro.length-of-eleven-bytes")
                .rejected(RecordBytes.begin().hex("80".repeat(10) + "00").toBytes(), UNDECODABLE);
        draft.apply("avro.length-without-end")
                .rejected(RecordBytes.begin().hex("ff".repeat(100)).toBytes(), UNDECODABLE);
        draft.apply("avro.without-metadata").rejected(upToPayload().text("{}").toBytes(), UNDECODABLE);
        draft.apply("avro.one-field-more")
                .rejected(upToPayload().text("{}").text("{}").text("more").toBytes(), UNDECODABLE);
        draft.apply("avro.empty-payload").payload("").rejected(INVALID_JSON);
        draft.apply("avro.empty-metadata").metadata("").rejected(INVALID_JSON);
        draft.apply("avro.id-as-16-bytes")
                .rejected(
                        RecordBytes.begin()
                                .hex("20" + "0190abcd00007000800000000000000a")
                                .toBytes(),
                        UNDECODABLE);
        longerThanNeeded(draft.apply("avro.numbers-longer-than-needed"));
    }

    /** Avro's readers take more bytes for a number than it needs, and so do we. */
    private static void longerThanNeeded(Draft draft) {
        String id = "0190abcd-0000-7000-8000-0000000000aa";
        draft.id(id).type("tt").occurredAt(0).payload("{}").metadata("{}");
        draft.stored(RecordBytes.begin()
                .text(id)
                .hex("848000" + "7474")
                .hex("80808080808080808000")
                .hex("8400" + "7b7d")
                .hex("84808000" + "7b7d")
                .toBytes());
    }

    private static RecordBytes upToType() {
        return RecordBytes.begin().text(RecordBytes.ID);
    }

    private static RecordBytes upToPayload() {
        return upToType().text("t").number(0);
    }
}

package dev.millrace.schemas.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Writes the value of a record piece by piece, right or wrong, independently of Avro's library. */
public final class RecordBytes {
    /** Marker and fingerprint, computed without Avro from the specification. */
    public static final String HEADER = "c301de81af2ac5891650";

    public static final String ID = "0190abcd-0000-7000-8000-00000000000a";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** A value that is complete but for what the test adds. */
    public static RecordBytes begin() {
        return new RecordBytes().hex(HEADER);
    }

    /** An event whose parts are right unless the test says otherwise. */
    public static byte[] event(String type, long occurredAtMicros, String payload, String metadata) {
        return begin().text(ID)
                .text(type)
                .number(occurredAtMicros)
                .text(payload)
                .text(metadata)
                .toBytes();
    }

    public static byte[] withId(String id) {
        return begin().text(id).text("t").number(0).text("{}").text("{}").toBytes();
    }

    public static byte[] withPayload(byte[] payload) {
        return begin().text(ID).text("t").number(0).bytes(payload).text("{}").toBytes();
    }

    public RecordBytes hex(String digits) {
        bytes.writeBytes(HexFormat.of().parseHex(digits));
        return this;
    }

    public RecordBytes text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public RecordBytes bytes(byte[] content) {
        number(content.length);
        bytes.writeBytes(content);
        return this;
    }

    /** Avro's long. */
    public RecordBytes number(long number) {
        long zigzag = number << 1 ^ number >> 63;
        while ((zigzag & ~0x7FL) != 0) {
            bytes.write((int) (zigzag & 0x7F | 0x80));
            zigzag >>>= 7;
        }
        bytes.write((int) zigzag);
        return this;
    }

    public byte[] toBytes() {
        return bytes.toByteArray();
    }
}

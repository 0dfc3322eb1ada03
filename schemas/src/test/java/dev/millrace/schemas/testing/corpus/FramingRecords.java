package dev.millrace.schemas.testing.corpus;

import static dev.millrace.schemas.event.RejectReason.UNDECODABLE;
import static dev.millrace.schemas.event.RejectReason.UNKNOWN_SCHEMA;

import dev.millrace.schemas.testing.RecordBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/** Values that are no event in single-object encoding, or one and something more. */
final class FramingRecords {
    private static final String JSON = "{\"event_type\":\"t\",\"payload\":{}}";

    /** CRC-64-AVRO of the schema {@code "string"}, as it goes over the wire. */
    private static final String FINGERPRINT_OF_STRING = "c70345637248018f";

    private FramingRecords() {}

    static void add(Function<String, Draft> draft) {
        draft.apply("framing.tombstone").rejected(null, UNDECODABLE);
        draft.apply("framing.tombstone-without-key").key((byte[]) null).rejected(null, UNDECODABLE);
        draft.apply("framing.empty-value").rejected(new byte[0], UNDECODABLE);
        for (String single : new String[] {"00", "01", "7b", "c3", "ff"}) {
            draft.apply("framing.one-byte-" + single).rejected(hex(single), UNDECODABLE);
        }
        byte[] noise = new byte[1_024];
        new Random(20_261_122).nextBytes(noise);
        draft.apply("framing.random-1-kib").rejected(noise, UNDECODABLE);
        headers(draft);
        otherFormats(draft);
        cuts(draft);
    }

    private static void headers(Function<String, Draft> draft) {
        Map<String, String> others = Map.of(
                "magic-c300", "c300de81af2ac5891650",
                "magic-c302", "c302de81af2ac5891650",
                "magic-01c3", "01c3de81af2ac5891650");
        others.forEach(
                (name, start) -> draft.apply("framing." + name).rejected(start(start, body(draft)), UNDECODABLE));
        Map<String, String> schemas = Map.of(
                "zero", "c3010000000000000000",
                "of-string", "c301" + FINGERPRINT_OF_STRING,
                "reversed", "c301501689c52aaf81de",
                "one-bit-off", "c301df81af2ac5891650");
        schemas.forEach((name, start) ->
                draft.apply("framing.schema-" + name).rejected(start(start, body(draft)), UNKNOWN_SCHEMA));
        draft.apply("framing.schema-unknown-and-nothing-else").rejected(hex("c301efcdab8967452301"), UNKNOWN_SCHEMA);
    }

    private static void otherFormats(Function<String, Draft> draft) {
        draft.apply("framing.registry").rejected(start("0000000001", body(draft)), UNDECODABLE);
        draft.apply("framing.avro-without-header").rejected(body(draft), UNDECODABLE);
        draft.apply("framing.avro-container-file")
                .rejected(start("4f626a0104166176726f2e736368656d61", body(draft)), UNDECODABLE);
        draft.apply("framing.gzip").rejected(gzip(event(draft)), UNDECODABLE);
        draft.apply("framing.json").rejected(JSON.getBytes(StandardCharsets.UTF_8), UNDECODABLE);
        draft.apply("framing.utf-16-le").rejected(JSON.getBytes(StandardCharsets.UTF_16LE), UNDECODABLE);
        draft.apply("framing.utf-16-be").rejected(JSON.getBytes(StandardCharsets.UTF_16BE), UNDECODABLE);
        draft.apply("framing.utf-16-with-mark").rejected(JSON.getBytes(StandardCharsets.UTF_16), UNDECODABLE);
    }

    private static void cuts(Function<String, Draft> draft) {
        byte[] event = event(draft);
        for (int length = 1; length < event.length; length++) {
            draft.apply("framing.cut-to-%03d".formatted(length)).rejected(Arrays.copyOf(event, length), UNDECODABLE);
        }
        draft.apply("framing.trailing-zero").rejected(Arrays.copyOf(event, event.length + 1), UNDECODABLE);
        draft.apply("framing.trailing-kilobyte").rejected(Arrays.copyOf(event, event.length + 1_024), UNDECODABLE);
        draft.apply("framing.twice").rejected(start(RecordBytes.HEADER, body(draft), event), UNDECODABLE);
    }

    private static byte[] event(Function<String, Draft> draft) {
        return draft.apply("framing.some-event").value();
    }

    private static byte[] body(Function<String, Draft> draft) {
        byte[] event = event(draft);
        return Arrays.copyOfRange(event, RecordBytes.HEADER.length() / 2, event.length);
    }

    private static byte[] hex(String digits) {
        return new RecordBytes().hex(digits).toBytes();
    }

    private static byte[] start(String hex, byte[]... rest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(hex(hex));
        for (byte[] part : rest) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}

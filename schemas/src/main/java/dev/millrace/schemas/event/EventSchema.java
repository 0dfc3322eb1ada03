package dev.millrace.schemas.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The released Avro schema and the ten bytes that every value written with it begins with: Avro's
 * single-object encoding, a two-byte marker and the CRC-64-AVRO fingerprint, lowest byte first.
 */
final class EventSchema {
    static final int HEADER_BYTES = 10;
    static final byte MARKER_FIRST = (byte) 0xC3;
    static final byte MARKER_SECOND = 0x01;
    static final Schema VERSION_1 = load("/avro/event-1.avsc");
    static final long VERSION_1_FINGERPRINT = SchemaNormalization.parsingFingerprint64(VERSION_1);

    private EventSchema() {}

    private static Schema load(String resource) {
        try (InputStream text = EventSchema.class.getResourceAsStream(resource)) {
            return new Schema.Parser().parse(text);
        } catch (IOException failure) {
            throw new UncheckedIOException("the schema is missing from this build: " + resource, failure);
        }
    }
}

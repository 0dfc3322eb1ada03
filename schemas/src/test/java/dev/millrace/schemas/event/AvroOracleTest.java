package dev.millrace.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

/** Avro's own library is what other programs use: both must read what the other has written. */
class AvroOracleTest {
    private static final int EVENTS = 2_000;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final EventCodec codec = new EventCodec();
    private final Schema schema = schema();

    @Test
    void avroReadsWhatTheCodecWrites() throws IOException {
        // Given
        BinaryMessageDecoder<GenericRecord> avro = new BinaryMessageDecoder<>(new GenericData(), schema);
        for (int index = 0; index < EVENTS; index++) {
            Event event = event();
            // When
            GenericRecord read = avro.decode(codec.encode(event));
            // Then
            assertThat(read).as("seed %d", seed).hasToString(record(event).toString());
        }
    }

    @Test
    void codecReadsWhatAvroWrites() throws IOException {
        // Given
        BinaryMessageEncoder<GenericRecord> avro = new BinaryMessageEncoder<>(new GenericData(), schema);
        for (int index = 0; index < EVENTS; index++) {
            Event event = event();
            byte[] written = bytes(avro.encode(record(event)));
            // When
            EncodedEvent read = codec.decode(written);
            // Then
            assertThat(read.eventId()).as("seed %d", seed).isEqualTo(event.eventId());
            assertThat(read.occurredAtMicros()).isEqualTo(micros(event));
            assertThat(text(read, read.typeOffset(), read.typeLength())).isEqualTo(event.eventType());
            assertThat(text(read, read.payloadOffset(), read.payloadLength())).isEqualTo(event.payload());
            assertThat(text(read, read.metadataOffset(), read.metadataLength())).isEqualTo(event.metadata());
            assertThat(codec.encode(event)).isEqualTo(written);
        }
    }

    private Event event() {
        long seconds = random.nextLong(EventLimits.EARLIEST.getEpochSecond(), EventLimits.LATEST.getEpochSecond());
        return new Event(
                new UUID(random.nextLong(), random.nextLong()),
                text(1 + random.nextInt(200)),
                Instant.ofEpochSecond(seconds, random.nextInt(1_000_000_000)),
                "{\"" + text(random.nextInt(5_000)) + "\":" + random.nextInt() + "}",
                random.nextBoolean() ? "{}" : "{\"a\":\"" + text(random.nextInt(100)) + "\"}");
    }

    private String text(int characters) {
        int[] alphabet = {'a', 'z', ' ', '.', 'é', '€', 0x1F600, 0x10FFFF};
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < characters; index++) {
            text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return text.toString();
    }

    private GenericRecord record(Event event) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("event_id", event.eventId().toString());
        record.put("event_type", event.eventType());
        record.put("occurred_at", micros(event));
        record.put("payload", event.payload());
        record.put("metadata", event.metadata());
        return record;
    }

    private static long micros(Event event) {
        return event.occurredAt().getEpochSecond() * 1_000_000
                + event.occurredAt().getNano() / 1_000;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static String text(EncodedEvent event, int offset, int length) {
        return new String(event.value(), offset, length, StandardCharsets.UTF_8);
    }

    private static Schema schema() {
        try {
            return new Schema.Parser().parse(AvroOracleTest.class.getResourceAsStream("/avro/event-1.avsc"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

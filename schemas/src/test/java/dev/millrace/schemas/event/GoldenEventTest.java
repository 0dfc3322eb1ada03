package dev.millrace.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.testing.GoldenFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Bytes that were written with a released schema and lie in somebody's topic. They are rewritten only
 * with {@code -Dgolden.update}, for a schema that is not released yet.
 */
class GoldenEventTest {
    private static final GoldenFile GOLDEN = GoldenFile.named("event-1.bin");
    private static final Event EVENT = new Event(
            UUID.fromString("0190abcd-1234-7abc-8def-0123456789ab"),
            "order.placed",
            Instant.parse("2026-11-22T10:15:30.123456Z"),
            "{\"order\":42,\"total\":19.90,\"note\":\"größer 😀 \\u0041\",\"lines\":[{\"sku\":\"a\"},null,true]}",
            "{\"source\":\"golden\"}");

    private final EventCodec codec = new EventCodec();

    @Test
    void goldenBytesStillDecode() {
        // Given
        byte[] golden = GOLDEN.bytes();
        // When
        EncodedEvent decoded = codec.decode(golden);
        // Then
        assertThat(decoded.eventId()).isEqualTo(EVENT.eventId());
        assertThat(decoded.occurredAtMicros()).isEqualTo(1_795_342_530_123_456L);
        assertThat(text(golden, decoded.typeOffset(), decoded.typeLength())).isEqualTo(EVENT.eventType());
        assertThat(text(golden, decoded.payloadOffset(), decoded.payloadLength()))
                .isEqualTo(EVENT.payload());
        assertThat(text(golden, decoded.metadataOffset(), decoded.metadataLength()))
                .isEqualTo(EVENT.metadata());
    }

    @Test
    void encodingYieldsExactlyTheGoldenBytes() {
        // When
        byte[] encoded = codec.encode(EVENT);
        // Then
        GOLDEN.assertHolds(encoded);
    }

    private static String text(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }
}

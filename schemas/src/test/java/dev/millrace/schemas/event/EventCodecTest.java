package dev.millrace.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.schemas.testing.RecordBytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
    private static final UUID ID = UUID.fromString(RecordBytes.ID);

    private final EventCodec codec = new EventCodec();

    @Test
    void everyPartComesBack() {
        // Given
        Instant occurredAt = Instant.parse("1969-12-31T23:59:59.123456789Z");
        Event event = new Event(ID, "order.placed 😀", occurredAt, "{\"ä\":[1, 2.50]}", "{\"b\":\"\\u0041\"}");
        // When
        EncodedEvent decoded = codec.decode(codec.encode(event));
        // Then
        assertThat(decoded.eventId()).isEqualTo(ID);
        assertThat(decoded.occurredAtMicros()).isEqualTo(-876_544L);
        assertThat(text(decoded, decoded.typeOffset(), decoded.typeLength())).isEqualTo("order.placed 😀");
        assertThat(text(decoded, decoded.payloadOffset(), decoded.payloadLength()))
                .isEqualTo("{\"ä\":[1, 2.50]}");
        assertThat(text(decoded, decoded.metadataOffset(), decoded.metadataLength()))
                .isEqualTo("{\"b\":\"\\u0041\"}");
    }

    @Test
    void valueCutAnywhereIsUndecodable() {
        // Given
        byte[] value = codec.encode(new Event(ID, "t", Instant.now(), "{\"a\":1}", "{}"));
        for (int length = 0; length < value.length; length++) {
            byte[] cut = Arrays.copyOf(value, length);
            // When
            RejectReason reason = reasonOf(cut);
            // Then
            assertThat(reason).as("cut to %d bytes", length).isEqualTo(RejectReason.UNDECODABLE);
        }
    }

    @Test
    void bytesAfterTheEventAreUndecodable() {
        // Given
        byte[] value = codec.encode(new Event(ID, "t", Instant.EPOCH, "{}", "{}"));
        // When
        InvalidEventException thrown = failureOf(Arrays.copyOf(value, value.length + 1));
        // Then
        assertThat(thrown.reason()).isEqualTo(RejectReason.UNDECODABLE);
        assertThat(thrown.detail()).isEqualTo("1 bytes after the event");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "c3", "01", "c301", "c30100", "01c3", "c300ffffffffffffffff", "1f8b0800", "fffe7b00", "7b7d"
            })
    void otherBytesAreUndecodable(String hex) {
        // When
        RejectReason reason = reasonOf(new RecordBytes().hex(hex).toBytes());
        // Then
        assertThat(reason).isEqualTo(RejectReason.UNDECODABLE);
    }

    @Test
    void recordWithoutValueIsUndecodable() {
        // When
        InvalidEventException thrown = failureOf(null);
        // Then
        assertThat(thrown.reason()).isEqualTo(RejectReason.UNDECODABLE);
        assertThat(thrown.detail()).isEqualTo("the record has no value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "0000000001", "00000000010248"})
    void registryFramingIsNamed(String hex) {
        // When
        InvalidEventException thrown = failureOf(new RecordBytes().hex(hex).toBytes());
        // Then
        assertThat(thrown.reason()).isEqualTo(RejectReason.UNDECODABLE);
        assertThat(thrown.detail()).contains("schema registry");
    }

    @Test
    void unknownFingerprintIsNamedTheWayPeopleWriteIt() {
        // When
        InvalidEventException thrown =
                failureOf(new RecordBytes().hex("c301efcdab8967452301").toBytes());
        // Then
        assertThat(thrown.reason()).isEqualTo(RejectReason.UNKNOWN_SCHEMA);
        assertThat(thrown.detail()).isEqualTo("schema fingerprint 0123456789abcdef");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 31, (1L << 31) - 1, 1L << 32, 1L << 40, 37})
    @Timeout(5)
    void lengthsAreNotBelieved(long length) {
        // Given
        byte[] id = RecordBytes.begin().number(length).toBytes();
        byte[] type = RecordBytes.begin()
                .text(RecordBytes.ID)
                .number(length)
                .hex("74")
                .toBytes();
        byte[] payload = RecordBytes.begin()
                .text(RecordBytes.ID)
                .text("t")
                .number(0)
                .number(length)
                .hex("7b7d")
                .toBytes();
        // When
        RejectReason reason = reasonOf(id);
        // Then
        assertThat(reason).isEqualTo(RejectReason.UNDECODABLE);
        assertThat(reasonOf(type)).isEqualTo(RejectReason.UNDECODABLE);
        assertThat(reasonOf(payload)).isEqualTo(RejectReason.UNDECODABLE);
    }

    @Test
    void numberOfMoreThanTenBytesIsUndecodable() {
        // Given
        byte[] value = RecordBytes.begin().hex("ff".repeat(20)).toBytes();
        // When
        InvalidEventException thrown = failureOf(value);
        // Then
        assertThat(thrown.reason()).isEqualTo(RejectReason.UNDECODABLE);
        assertThat(thrown.detail()).contains("more than 64 bits");
    }

    @ParameterizedTest
    @CsvSource({
        "0190abcd-0000-7000-8000-00000000000a, 0190abcd-0000-7000-8000-00000000000a",
        "0190ABCD-0000-7000-8000-00000000000A, 0190abcd-0000-7000-8000-00000000000a",
        "00000000-0000-0000-0000-000000000000, 00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-FFFFFFFFFFFF, ffffffff-ffff-ffff-ffff-ffffffffffff"
    })
    void eventIdIsAUuidInEitherCase(String text, UUID id) {
        // When
        EncodedEvent decoded = codec.decode(RecordBytes.withId(text));
        // Then
        assertThat(decoded.eventId()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0190abcd-0000-7000-8000-00000000000",
                "0190abcd-0000-7000-8000-00000000000aa",
                "{0190abcd-0000-7000-8000-00000000000a}",
                "0190abcd00007000800000000000000a",
                "0190abcd-0000-7000-8000_00000000000a",
                "0190abcd-0000-70008000--00000000000a",
                "0190abcg-0000-7000-8000-00000000000a",
                " 190abcd-0000-7000-8000-00000000000a",
                "+190abcd-0000-7000-8000-00000000000a",
                "019０bcd-0000-7000-8000-00000000000a",
                "019０cd-0000-7000-8000-00000000000a"
            })
    void otherEventIdsAreUndecodable(String text) {
        // When
        RejectReason reason = reasonOf(RecordBytes.withId(text));
        // Then
        assertThat(reason).isEqualTo(RejectReason.UNDECODABLE);
    }

    @Test
    void codecIsUnharmedByWhatItRejected() {
        // Given
        byte[] good = codec.encode(new Event(ID, "t", Instant.EPOCH, "{\"a\":{\"a\":1}}", "{}"));
        reasonOf(RecordBytes.event("t", 0, "{\"a\":{\"a\":1,\"a\":2}}", "{}"));
        reasonOf(Arrays.copyOf(good, 30));
        // When
        EncodedEvent decoded = codec.decode(good);
        // Then
        assertThat(decoded.eventId()).isEqualTo(ID);
        assertThat(decoded.value()).isSameAs(good);
    }

    private static String text(EncodedEvent event, int offset, int length) {
        return new String(event.value(), offset, length, StandardCharsets.UTF_8);
    }

    private InvalidEventException failureOf(byte[] value) {
        return catchThrowableOfType(InvalidEventException.class, () -> codec.decode(value));
    }

    private RejectReason reasonOf(byte[] value) {
        return failureOf(value).reason();
    }
}

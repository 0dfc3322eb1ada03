package dev.millrace.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.schemas.testing.RecordBytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventLimitsTest {
    private static final UUID ID = UUID.fromString(RecordBytes.ID);
    private static final long YEAR_1 = EventLimits.EARLIEST.getEpochSecond() * 1_000_000;
    private static final long YEAR_10000 = EventLimits.LATEST.getEpochSecond() * 1_000_000;

    private final EventCodec codec = new EventCodec();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t",
                " ",
                "'; DROP TABLE event;--",
                "\\.",
                "\\N",
                "\"",
                "%",
                "_",
                "$$",
                "{}",
                "\u00a0",
                "\u202e\u200b\ufeff"
            })
    void typeMayBeAnyTextWithoutControlCharacters(String type) {
        // When
        Throwable thrown = catchThrowable(() -> codec.decode(RecordBytes.event(type, 0, "{}", "{}")));
        // Then
        assertThat(thrown).isNull();
    }

    @Test
    void typeHasOneToTwoHundredCharactersNotBytes() {
        // Given
        byte[] longest = RecordBytes.event("😀".repeat(200), 0, "{}", "{}");
        byte[] tooLong = RecordBytes.event("x".repeat(201), 0, "{}", "{}");
        byte[] empty = RecordBytes.event("", 0, "{}", "{}");
        // When
        Throwable thrown = catchThrowable(() -> codec.decode(longest));
        // Then
        assertThat(thrown).isNull();
        assertThat(reasonOf(tooLong)).isEqualTo(RejectReason.INVALID_TYPE);
        assertThat(reasonOf(empty)).isEqualTo(RejectReason.INVALID_TYPE);
    }

    @ParameterizedTest
    @CsvSource({
        "0009, INVALID_TYPE",
        "000a, INVALID_TYPE",
        "001f, INVALID_TYPE",
        "007f, INVALID_TYPE",
        "0080, INVALID_TYPE",
        "009f, INVALID_TYPE",
        "0000, NUL_CHARACTER"
    })
    void typeHasNoControlCharacter(String codePoint, RejectReason reason) {
        // Given
        String type = "a" + Character.toString(Integer.parseInt(codePoint, 16));
        // When
        RejectReason actual = reasonOf(RecordBytes.event(type, 0, "{}", "{}"));
        // Then
        assertThat(actual).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c080", "eda0bd", "e282", "f4908080", "e08080", "636166e9"})
    void typeAndKeyAreUtf8(String hex) {
        // Given
        byte[] text = HexFormat.of().parseHex(hex);
        byte[] value = RecordBytes.begin()
                .text(RecordBytes.ID)
                .bytes(text)
                .number(0)
                .text("{}")
                .text("{}")
                .toBytes();
        // When
        RejectReason reason = reasonOf(value);
        // Then
        assertThat(reason).isEqualTo(RejectReason.INVALID_UTF8);
        assertThat(keyReason(text)).isEqualTo(RejectReason.INVALID_UTF8);
    }

    @Test
    void keyMayBeAbsentEmptyOrTwoHundredCharactersLong() {
        // Given
        byte[] longest = codec.encodeKey("😀".repeat(200));
        // When
        Throwable thrown = catchThrowable(() -> codec.checkKey(longest));
        // Then
        assertThat(thrown).isNull();
        assertThat(longest).hasSize(800);
        assertThat(codec.encodeKey(null)).isNull();
        assertThat(codec.encodeKey("")).isEmpty();
        codec.checkKey(null);
        codec.checkKey(new byte[0]);
    }

    @Test
    void keyThatPostgresWouldNotStoreIsRefused() {
        // Given
        byte[] tooLong = "k".repeat(201).getBytes(StandardCharsets.UTF_8);
        // When
        RejectReason reason = keyReason(tooLong);
        // Then
        assertThat(reason).isEqualTo(RejectReason.TOO_LARGE);
        assertThat(keyReason(new byte[] {'a', 0})).isEqualTo(RejectReason.NUL_CHARACTER);
        assertThat(keyReason("k".repeat(201))).isEqualTo(RejectReason.TOO_LARGE);
        assertThat(keyReason("a\u0000")).isEqualTo(RejectReason.NUL_CHARACTER);
        assertThat(keyReason("a\ud83d")).isEqualTo(RejectReason.INVALID_SURROGATE);
        assertThat(keyReason("\ude00\ud83d")).isEqualTo(RejectReason.INVALID_SURROGATE);
    }

    @Test
    void timesOfYearOneToYear9999AreTaken() {
        // Given
        byte[] first = RecordBytes.event("t", YEAR_1, "{}", "{}");
        byte[] last = RecordBytes.event("t", YEAR_10000 - 1, "{}", "{}");
        // When
        EncodedEvent decoded = codec.decode(first);
        // Then
        assertThat(decoded.occurredAtMicros()).isEqualTo(YEAR_1);
        assertThat(codec.decode(last).occurredAtMicros()).isEqualTo(YEAR_10000 - 1);
    }

    @Test
    void timesOutsideAreRefused() {
        for (long micros : new long[] {YEAR_1 - 1, YEAR_10000, Long.MIN_VALUE, Long.MAX_VALUE}) {
            // When
            RejectReason reason = reasonOf(RecordBytes.event("t", micros, "{}", "{}"));
            // Then
            assertThat(reason).as("%d", micros).isEqualTo(RejectReason.INVALID_TIME);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-12-31T23:59:59.999999999Z",
                "+10000-01-01T00:00:00Z",
                "-1000000000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59.999999999Z"
            })
    void producersTimesOutsideAreRefusedToo(Instant occurredAt) {
        // When
        InvalidEventException thrown = catchThrowableOfType(
                InvalidEventException.class, () -> codec.encode(new Event(ID, "t", occurredAt, "{}", "{}")));
        // Then
        assertThat(thrown.reason()).isEqualTo(RejectReason.INVALID_TIME);
    }

    @Test
    void producersTextWithHalfAPairIsRefused() {
        // Given
        Event type = new Event(ID, "\ud83d", Instant.EPOCH, "{}", "{}");
        Event payload = new Event(ID, "t", Instant.EPOCH, "{\"a\":\"\ude00\"}", "{}");
        // When
        InvalidEventException thrown = catchThrowableOfType(InvalidEventException.class, () -> codec.encode(type));
        // Then
        assertThat(thrown.reason()).isEqualTo(RejectReason.INVALID_SURROGATE);
        assertThat(catchThrowable(() -> codec.encode(payload)))
                .hasMessage("invalid_surrogate: payload has half of a surrogate pair");
    }

    @Test
    void payloadMayHaveOneMebibyteAndMetadataSixtyFourKibibytes() {
        // Given
        byte[] largest = RecordBytes.event("t", 0, ofPrintedBytes(1 << 20), ofPrintedBytes(1 << 16));
        // When
        EncodedEvent decoded = codec.decode(largest);
        // Then
        assertThat(decoded.payloadLength()).isEqualTo(1 << 20);
        assertThat(decoded.metadataLength()).isEqualTo(1 << 16);
        assertThat(reasonOf(RecordBytes.event("t", 0, ofPrintedBytes((1 << 20) + 1), "{}")))
                .isEqualTo(RejectReason.TOO_LARGE);
        assertThat(reasonOf(RecordBytes.event("t", 0, "{}", ofPrintedBytes((1 << 16) + 1))))
                .isEqualTo(RejectReason.TOO_LARGE);
    }

    @Test
    void sizeCountsAsPostgresPrintsIt() {
        // Given
        String numbers = "{\"a\":[" + "1e308,".repeat(3_500) + "1]}";
        byte[] value = RecordBytes.event("t", 0, numbers, "{}");
        // When
        InvalidEventException thrown = catchThrowableOfType(InvalidEventException.class, () -> codec.decode(value));
        // Then
        assertThat(thrown.reason()).isEqualTo(RejectReason.TOO_LARGE);
        assertThat(thrown.detail()).isEqualTo("payload has 1088510 bytes as Postgres prints it, at most 1048576");
    }

    @Test
    void messageSaysWhichPartIsWrong() {
        // When
        Throwable thrown = catchThrowable(() -> codec.decode(RecordBytes.event("t", 0, "{}", "{\"a\":1,\"a\":2}")));
        // Then
        assertThat(thrown).hasMessage("duplicate_key: metadata: a member name for the second time at byte 10");
        assertThat(thrown.getStackTrace()).isEmpty();
    }

    /** An object that is as long as Postgres prints it. */
    private static String ofPrintedBytes(int bytes) {
        String frame = "{\"a\": \"\"}";
        return "{\"a\": \"" + "x".repeat(bytes - frame.length()) + "\"}";
    }

    private RejectReason reasonOf(byte[] value) {
        return catchThrowableOfType(InvalidEventException.class, () -> codec.decode(value))
                .reason();
    }

    private RejectReason keyReason(byte[] key) {
        return catchThrowableOfType(InvalidEventException.class, () -> codec.checkKey(key))
                .reason();
    }

    private RejectReason keyReason(String key) {
        return catchThrowableOfType(InvalidEventException.class, () -> codec.encodeKey(key))
                .reason();
    }
}

package dev.millrace.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.schemas.event.Event;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventLineReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123456789Z");

    private final EventLineReader reader = new EventLineReader(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void everyMemberIsTaken() {
        // When
        OutgoingEvent outgoing = read("""
                {"event_id":"0190ABCD-0000-7000-8000-00000000000A","event_type":"order.placed","key":"k\\u00e9",
                "occurred_at":"2026-01-02T03:04:05+01:00","payload":{"a":1},"metadata":{"b":[2]}}""");
        // Then
        assertThat(outgoing)
                .isEqualTo(new OutgoingEvent(
                        "ké",
                        new Event(
                                UUID.fromString("0190abcd-0000-7000-8000-00000000000a"),
                                "order.placed",
                                Instant.parse("2026-01-02T02:04:05Z"),
                                "{\"a\":1}",
                                "{\"b\":[2]}")));
    }

    @Test
    void whatIsLeftOutIsFilledIn() {
        // When
        OutgoingEvent outgoing = read("{\"event_type\":\"t\",\"payload\":{},\"key\":null}");
        // Then
        assertThat(outgoing.key()).isNull();
        assertThat(outgoing.event().occurredAt()).isEqualTo(NOW);
        assertThat(outgoing.event().metadata()).isEqualTo("{}");
        assertThat(outgoing.event().eventId().version()).isEqualTo(7);
    }

    @Test
    void idsThatAreMadeGrow() {
        // Given
        String line = "{\"event_type\":\"t\",\"payload\":{}}";
        String before = "";
        for (int index = 0; index < 1_000; index++) {
            // When
            String id = read(line).event().eventId().toString();
            // Then
            assertThat(id).isGreaterThan(before);
            before = id;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ }",
                "{\"a\":0.10000000000000000000000000000000000001}",
                "{\"a\":1e400,\"b\":12345678901234567890123,\"c\":-0,\"d\":1E+05}",
                "{ \"z\" : [ 1 , 2 ] ,\t\"a\":{\"}\":\"{\"} }",
                "{\"a\":1,\"a\":2}",
                "{\"a\":\"\\u0041\\/\\ud83d\\ude00\\ud83d\\u0000\"}",
                "{\"ü😀\":\"ñ\u2028\"}"
            })
    void payloadAndMetadataArePassedOnCharacterByCharacter(String json) {
        // When
        Event first =
                read(" { \"payload\" : " + json + " , \"event_type\":\"t\" } ").event();
        Event last = read("{\"key\":\"😀ü\",\"event_type\":\"t\",\"payload\":{\"x\":1},\"metadata\":" + json + "}\r")
                .event();
        // Then
        assertThat(first.payload()).isEqualTo(json);
        assertThat(last.payload()).isEqualTo("{\"x\":1}");
        assertThat(last.metadata()).isEqualTo(json);
    }

    @Test
    void longAndDeepPayloadsArePassedOn() {
        // Given
        String json = "{\"a\":\"" + "ü\\n".repeat(100_000) + "\",\"b\":" + "[".repeat(20_000) + "]".repeat(20_000)
                + ",\"c\":" + "9".repeat(50_000) + ",\"" + "n".repeat(100_000) + "\":1}";
        // When
        Event event = read("{\"event_type\":\"t\", \"payload\":" + json + ",\"metadata\":{\"a\":1}}")
                .event();
        // Then
        assertThat(event.payload()).isEqualTo(json);
        assertThat(event.metadata()).isEqualTo("{\"a\":1}");
    }

    @Test
    @Timeout(10)
    void manyNamesAreNoBurden() {
        // Given
        StringBuilder json = new StringBuilder("{");
        for (int index = 0; index < 70_000; index++) {
            json.append('"').append(index).append("\":0,");
        }
        json.setCharAt(json.length() - 1, '}');
        // When
        Event event = read("{\"event_type\":\"t\",\"payload\":" + json + "}").event();
        // Then
        assertThat(event.payload()).hasSameSizeAs(json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"event_type\":\"t\"} | payload: missing, an object expected",
                "{\"payload\":{}} | event_type: missing, a string expected",
                "{\"event_type\":null,\"payload\":{}} | event_type: a string expected",
                "{\"event_type\":7,\"payload\":{}} | event_type: a string expected",
                "{\"event_type\":\"t\",\"payload\":[]} | payload: an object expected",
                "{\"event_type\":\"t\",\"payload\":\"{}\"} | payload: an object expected",
                "{\"event_type\":\"t\",\"payload\":null} | payload: an object expected",
                "{\"event_type\":\"t\",\"payload\":{},\"metadata\":null} | metadata: an object expected",
                "{\"event_type\":\"t\",\"payload\":{},\"key\":7} | key: a string or null expected",
                "{\"event_type\":\"t\",\"payload\":{},\"key\":{}} | key: a string or null expected",
                "{\"event_id\":null} | event_id: a UUID of 36 characters expected",
                "{\"event_id\":\"\"} | event_id: a UUID of 36 characters expected, not ''",
                "{\"event_id\":\"1-1-1-1-1\"} | event_id: a UUID of 36 characters expected, not '1-1-1-1-1'",
                "{\"event_id\":\"{0190abcd-0000-7000-8000-00000000000a}\"} | event_id: a UUID of 36 characters",
                "{\"occurred_at\":1763806530} | occurred_at: a time of RFC 3339",
                "{\"occurred_at\":null} | occurred_at: a time of RFC 3339",
                "{\"occurred_at\":\"2026-11-22T10:15:30\"} | occurred_at: a time of RFC 3339",
                "{\"Payload\":{}} | unknown member 'Payload'; event_id, event_type, occurred_at, key, payload,",
                "{\"data\":{}} | unknown member 'data'",
                "{\"\":{}} | unknown member ''",
                "{\"a\\u0007\\nb\":{}} | unknown member 'a??b'",
                "{\"payload\":{},\"payload\":{}} | 'payload' for the second time",
                "{\"payload\":{},\"pay\\u006coad\":{}} | 'payload' for the second time",
                "{\"event_type\":\"t\",\"payload\":{}}{} | one object expected, there is more behind it",
                "{\"event_type\":\"t\",\"payload\":{}} x | not JSON",
                "[] | an object expected",
                "7 | an object expected",
                "null | an object expected",
                "`` | an object expected",
                "{ | not JSON",
                "{\"payload\":{ | not JSON",
                "{\"payload\":{\"a\":01}} | not JSON",
                "{\"payload\":{\"a\":NaN}} | not JSON",
                "{\"payload\":{a:1}} | not JSON",
                "{\"payload\":{},} | not JSON",
                "{\"payload\":{}/* */} | not JSON"
            })
    void errorNamesTheMemberAndWhatIsExpected(String line, String problem) {
        // When
        Throwable thrown = catchThrowable(() -> read(line));
        // Then
        assertThat(thrown).isInstanceOf(InvalidLineException.class).hasMessageStartingWith(problem);
        assertThat(thrown.getMessage()).doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void rawNulIsNotJson() {
        // When
        Throwable thrown = catchThrowable(() -> read("{\"event_type\":\"a\u0000\",\"payload\":{}}"));
        // Then
        assertThat(thrown).isInstanceOf(InvalidLineException.class).hasMessageStartingWith("not JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FF", "C0 80", "ED A0 BD", "E2 82", "F4 90 80 80", "E0 80 80", "E9"})
    void bytesThatAreNotUtf8AreNotReplaced(String hex) {
        // Given
        String line = "{\"event_type\":\"t\",\"payload\":{\"a\":\"?\"}}";
        byte[] bytes = splice(line, hex.split(" "));
        // When
        Throwable thrown = catchThrowable(() -> reader.read(bytes));
        // Then
        assertThat(thrown).isInstanceOf(InvalidLineException.class).hasMessage("not UTF-8");
    }

    @Test
    void otherEncodingsAndByteOrderMarksAreErrors() {
        // Given
        String line = "{\"event_type\":\"t\",\"payload\":{}}";
        // When
        Throwable marked = catchThrowable(() -> read("\uFEFF" + line));
        Throwable wide = catchThrowable(() -> reader.read(line.getBytes(StandardCharsets.UTF_16LE)));
        // Then
        assertThat(marked).isInstanceOf(InvalidLineException.class).hasMessageContaining("byte order mark");
        assertThat(wide).isInstanceOf(InvalidLineException.class);
    }

    @Test
    void longJunkIsCutInTheMessage() {
        // When
        Throwable thrown = catchThrowable(() -> read("{\"" + "x".repeat(1_000_000) + "\":1}"));
        Throwable token = catchThrowable(() -> read("{\"payload\":" + "x".repeat(1_000_000) + "}"));
        // Then
        assertThat(thrown.getMessage()).hasSizeLessThan(200);
        assertThat(token.getMessage()).hasSizeLessThan(600);
    }

    @Test
    void oneReaderServesManyThreads() {
        // Given
        String line = "{\"event_type\":\"t\",\"payload\":{\"a\":\"" + "x".repeat(1_000) + "\"}}";
        // When
        long ids = IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(index -> read(line).event().eventId())
                .distinct()
                .count();
        // Then
        assertThat(ids).isEqualTo(2_000);
    }

    private OutgoingEvent read(String line) {
        return reader.read(line.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] splice(String line, String[] hex) {
        StringBuilder bytes = new StringBuilder();
        for (String next : hex) {
            bytes.append((char) Integer.parseInt(next, 16));
        }
        return line.replace("?", bytes).getBytes(StandardCharsets.ISO_8859_1);
    }
}

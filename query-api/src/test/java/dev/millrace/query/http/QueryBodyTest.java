package dev.millrace.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.query.read.EventCriteria;
import dev.millrace.query.read.EventFilter;
import dev.millrace.query.read.Order;
import dev.millrace.query.read.PageRequest;
import dev.millrace.query.read.TimeRange;
import dev.millrace.query.read.WaitFor;
import dev.millrace.schemas.Position;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryBodyTest {
    private static final EventCriteria FULL = new EventCriteria(
            List.of("a", "b"),
            List.of("", "köln"),
            List.of("{\"x\": {\"y\": [1.50, \"}\"]}}"),
            List.of("{\"p\":1}", "{ \"q\" : {} }"),
            List.of("{\"m\":\"ü\"}"));

    @Test
    void emptyObjectAsksForTheFirstHundred() {
        PageRequest first =
                new PageRequest(EventFilter.ALL, Order.ASC, 100, null, new WaitFor(List.of(), Duration.ofSeconds(2)));
        assertThat(request("{}")).isEqualTo(first);
        assertThat(request(" {\"any_of\":[]} ")).isEqualTo(first);
        assertThat(request("{\"any_of\":[{\"types\":[\"a\"]},{\"types\":[]}]}")).isEqualTo(first);
    }

    @Test
    void everyFieldIsReadAndObjectsStayAsTheyWereWritten() {
        // When
        PageRequest request = request("""
                {"any_of": [
                   {"types": ["b", "a", "a"], "keys": ["köln", ""], "match_any": [{"x": {"y": [1.50, "}"]}}],
                    "match_all": [{"p":1}, { "q" : {} }], "match_metadata_any": [{"m":"ü"}]},
                   {"types": ["c"]}],
                 "occurred_from": "2026-11-01T00:00:00Z", "occurred_until": "2026-11-02T00:00:00.5+01:00",
                 "appended_from": "2026-11-03T00:00:00Z", "appended_until": "2026-11-04T00:00:00Z",
                 "order": "desc", "limit": 7, "wait_for": "0:5,3:0", "wait_ms": 10000}""");
        // Then
        EventCriteria other = new EventCriteria(List.of("c"), List.of(), List.of(), List.of(), List.of());
        EventFilter filter = new EventFilter(
                List.of(other, FULL),
                new TimeRange(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-11-01T23:00:00.5Z")),
                new TimeRange(Instant.parse("2026-11-03T00:00:00Z"), Instant.parse("2026-11-04T00:00:00Z")));
        assertThat(request)
                .isEqualTo(new PageRequest(
                        filter,
                        Order.DESC,
                        7,
                        null,
                        new WaitFor(List.of(new Position(0, 5), new Position(3, 0)), Duration.ofSeconds(10))));
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        assertThat(wrong(
                        "{\"limit\":0,\"order\":\"up\",\"any_of\":[{},{\"types\":[\"\",\"a\"],\"kinds\":[]}],\"x\":1}"))
                .containsExactlyInAnyOrder("limit", "order", "any_of[1].types", "any_of[1].kinds", "x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|body",
                "nonsense|body",
                "[]|body",
                "1|body",
                "{|body",
                "{}{}|body",
                "{} x|body",
                "{\"limit\":1,\"limit\":2}|body",
                "{\"limit\":\"1\"}|limit",
                "{\"limit\":1.0}|limit",
                "{\"limit\":1e2}|limit",
                "{\"limit\":-1}|limit",
                "{\"limit\":99999999999999999999}|limit",
                "{\"limit\":[1]}|limit",
                "{\"limit\":null}|limit",
                "{\"order\":1}|order",
                "{\"cursor\":\"x\"}|cursor",
                "{\"wait_for\":[\"0:1\"]}|wait_for",
                "{\"occurred_from\":\"today\"}|occurred_from",
                "{\"occurred_from\":1}|occurred_from",
                "{\"any_of\":{}}|any_of",
                "{\"any_of\":[1]}|any_of",
                "{\"any_of\":[[]]}|any_of",
                "{\"any_of\":[{\"types\":\"a\"}]}|any_of[0].types",
                "{\"any_of\":[{\"types\":[1]}]}|any_of[0].types",
                "{\"any_of\":[{\"types\":[\"\\ud800\"]}]}|any_of[0].types",
                "{\"any_of\":[{\"keys\":[\"\\u0000\"]}]}|any_of[0].keys",
                "{\"any_of\":[{\"match_any\":[\"{}\"]}]}|any_of[0].match_any",
                "{\"any_of\":[{\"match_all\":[[]]}]}|any_of[0].match_all",
                "{\"any_of\":[{\"match_all\":[{\"a\":\"\\ud800\"}]}]}|any_of[0].match_all",
                "{\"any_of\":[{\"match_metadata_any\":[{\"a\":1e999}]}]}|any_of[0].match_metadata_any"
            })
    void malformedFieldIsNamed(String body, String field) {
        assertThat(wrong(body)).containsExactly(field);
    }

    @Test
    void depthAndNumberHaveLimits() {
        assertThat(wrong("[".repeat(1_000_000))).containsExactly("body");
        assertThat(wrong("{\"a\":".repeat(2_000))).containsExactly("body");
        assertThat(wrong("{\"any_of\":[{\"match_any\":[" + "{\"a\":".repeat(65) + "1" + "}".repeat(65) + "]}]}"))
                .containsExactly("any_of[0].match_any");
        assertThat(wrong("{\"any_of\":[" + "{},".repeat(20) + "{}]}")).containsExactly("any_of");
        String types = "\"a" + String.join("\",\"a", numbers(51)) + "\"";
        String items = String.join(",", Collections.nCopies(4, "{\"types\":[" + types + "]}"));
        assertThat(wrong("{\"any_of\":[" + items + "]}")).containsExactly("any_of");
        assertThat(wrong("{\"any_of\":[{\"types\":[\"a" + String.join("\",\"a", numbers(101)) + "\"]}]}"))
                .containsExactly("any_of[0].types");
    }

    @Test
    void whatIsNoUtf8IsRefused() {
        byte[] body = "{\"order\":\"?\"}".getBytes(StandardCharsets.ISO_8859_1);
        body[10] = (byte) 0xff;
        assertThat(errors(body)).hasSize(1);
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private static PageRequest request(String body) {
        return QueryBody.read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> wrong(String body) {
        return errors(body.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> errors(byte[] body) {
        ProblemException thrown = catchThrowableOfType(ProblemException.class, () -> QueryBody.read(body));
        assertThat(thrown).isNotNull();
        assertThat(thrown.problem().type()).isEqualTo(ProblemType.BAD_REQUEST);
        return thrown.problem().errors().stream()
                .map(InvalidParameter::parameter)
                .toList();
    }
}

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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsRequestTest {
    @Test
    void nothingGivenAsksForTheFirstHundred() {
        // When
        PageRequest request = request(null);
        // Then
        assertThat(request)
                .isEqualTo(new PageRequest(
                        EventFilter.ALL, Order.ASC, 100, null, new WaitFor(List.of(), Duration.ofSeconds(2))));
    }

    @Test
    void everyParameterIsRead() {
        // When
        PageRequest request = request("type=b&type=a&key=&key=k%C3%B6ln+1&match=%7B%22a%22:1%7D&limit=1000&order=desc"
                + "&match_metadata=%7B%22m%22:2%7D&occurred_from=2026-11-01T00:00:00Z"
                + "&appended_from=2026-11-02T00:00:00Z&appended_until=2026-11-03T01:00:00%2B01:00"
                + "&wait_for=0:5,3:0&wait_ms=10000");
        // Then
        assertThat(request)
                .isEqualTo(new PageRequest(
                        new EventFilter(
                                List.of(new EventCriteria(
                                        List.of("a", "b"),
                                        List.of("", "köln 1"),
                                        List.of("{\"a\":1}"),
                                        List.of(),
                                        List.of("{\"m\":2}"))),
                                new TimeRange(Instant.parse("2026-11-01T00:00:00Z"), null),
                                new TimeRange(
                                        Instant.parse("2026-11-02T00:00:00Z"), Instant.parse("2026-11-03T00:00:00Z"))),
                        Order.DESC,
                        1000,
                        null,
                        new WaitFor(List.of(new Position(0, 5), new Position(3, 0)), Duration.ofSeconds(10))));
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        // When
        List<String> wrong = wrong("limit=0&order=up&cursor=x&wait_for=1&wait_ms=10001&match=1&type=&key=%00&stream=1");
        // Then
        assertThat(wrong)
                .containsExactlyInAnyOrder(
                        "limit", "order", "cursor", "wait_for", "wait_ms", "match", "type", "key", "stream");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "limit=0 limit",
                "limit=-1 limit",
                "limit=1001 limit",
                "limit=1000000000 limit",
                "limit=99999999999999999999 limit",
                "limit=1.0 limit",
                "limit=%D9%A1 limit",
                "limit= limit",
                "limit limit",
                "limit=1&limit=1 limit",
                "order=ASC order",
                "wait_for= wait_for",
                "wait_for=0:1, wait_for",
                "wait_for=0:-1 wait_for",
                "wait_for=0:9223372036854775808 wait_for",
                "wait_for=2147483648:0 wait_for",
                "wait_for=0:1&wait_for=0:2 wait_for",
                "wait_ms=-1 wait_ms",
                "cursor= cursor",
                "type=%00 type",
                "type=%FF type",
                "type=%C0%80 type",
                "type=%ED%A0%80 type",
                "type=%zz type",
                "type=% type",
                "type=%4 type",
                "match=[] match",
                "match=nonsense match",
                "match=%7B%7D%7B%7D match",
                "match=%7B%22a%22:1,%22a%22:2%7D match",
                "match=%7B%22a%22:%22%5Cu0000%22%7D match",
                "match=%7B%22a%22:%22%5Cud800%22%7D match",
                "match=%7B%22a%22:1e999%7D match",
                "Type=a Type",
                "match_metadata=[] match_metadata",
                "appended_from=2026-11-01 appended_from",
                "occurred_until=now occurred_until",
                "occurred_from=2026-11-02T00:00:00Z&occurred_until=2026-11-02T00:00:00Z occurred_from",
                "appended_until=2026-11-01T00:00:00Z&appended_until=2026-11-01T00:00:00Z appended_until",
                "=1 ''"
            })
    void aMalformedValueIsNamed(String query, String parameter) {
        // When
        List<String> wrong = wrong(query);
        // Then
        assertThat(wrong).containsExactly(parameter);
    }

    @Test
    void valuesAreAtMostTwoHundredCharacters() {
        // Given
        String longest = "%F0%9F%98%80".repeat(200);
        // When, Then
        assertThat(request("type=" + longest + "&key=" + longest)
                        .filter()
                        .anyOf()
                        .get(0)
                        .types())
                .hasSize(1);
        assertThat(wrong("type=a" + longest)).containsExactly("type");
        assertThat(wrong("key=a" + longest)).containsExactly("key");
    }

    @Test
    void aParameterHasAtMostAHundredValues() {
        // When, Then
        assertThat(request("type=a&".repeat(100)).filter().anyOf().get(0).types())
                .hasSize(1);
        assertThat(wrong("type=a&".repeat(100) + "type=a")).containsExactly("type");
    }

    @Test
    void deepNestingIsRefused() {
        // Given
        String deepest = "{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}";
        // When, Then
        assertThat(request("match=" + deepest).filter().anyOf().get(0).matchAny())
                .containsExactly(deepest);
        assertThat(wrong("match={\"a\":" + "[".repeat(64) + "]".repeat(64) + "}"))
                .containsExactly("match");
    }

    private static PageRequest request(@Nullable String query) {
        return EventsEndpoint.request(new Parameters(query));
    }

    private static List<String> wrong(String query) {
        ProblemException thrown = catchThrowableOfType(ProblemException.class, () -> request(query));
        assertThat(thrown).as(query).isNotNull();
        assertThat(thrown.problem().type()).isEqualTo(ProblemType.BAD_REQUEST);
        return thrown.problem().errors().stream()
                .map(InvalidParameter::parameter)
                .toList();
    }
}

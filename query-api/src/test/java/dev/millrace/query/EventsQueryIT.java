package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.query.ApiClient.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /v1/events/query}, and the ranges of time that it shares with {@code GET /v1/events}. */
class EventsQueryIT extends SharedStore {
    @BeforeAll
    void fill() throws SQLException {
        append("2026-10-31T23:59:59Z", "lent", "ada", "{\"book\": 1, \"tags\": [\"a\", \"b\"]}");
        append("2026-11-01T00:00:00Z", "lent", "bob", "{\"book\": 2, \"tags\": [\"b\"]}");
        append("2026-11-01T00:00:01Z", "returned", "ada", "{\"book\": 1}");
        append("2026-11-02T00:00:00Z", "returned", null, "{\"book\": 3, \"late\": true}");
        append("2026-11-03T12:00:00.000001Z", "added", null, "{}");
        store.execute("UPDATE event SET metadata = jsonb_build_object('by', kafka_offset % 2)");
        store.commit();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|0 1 2 3 4",
                "{\"order\":\"desc\",\"limit\":2}|4 3",
                "{\"any_of\":[{\"types\":[\"lent\"]}]}|0 1",
                "{\"any_of\":[{\"types\":[\"lent\"],\"keys\":[\"ada\"]},{\"types\":[\"added\"]}]}|0 4",
                "{\"any_of\":[{\"match_all\":[{\"tags\":[\"a\"]},{\"tags\":[\"b\"]}]}]}|0",
                "{\"any_of\":[{\"match_any\":[{\"tags\":[\"a\"]},{\"tags\":[\"b\"]}]}]}|0 1",
                "{\"any_of\":[{\"match_any\":[{\"tags\":[\"a\"]},{}],\"types\":[\"lent\"]}]}|0 1",
                "{\"any_of\":[{\"match_all\":[{\"tags\":[\"a\"]},{}]}]}|0",
                "{\"any_of\":[{\"match_all\":[{}]},{\"types\":[\"lent\"]}]}|0 1 2 3 4",
                "{\"any_of\":[{\"match_metadata_any\":[{\"by\":1}]}]}|1 3",
                "{\"any_of\":[{\"match_metadata_any\":[{\"by\":1}],\"types\":[\"lent\"]},{\"match_any\":[{\"late\":true}]}]}|1 3",
                "{\"any_of\":[{\"types\":[\"lent\"]}],\"appended_from\":\"2026-11-01T00:00:00Z\"}|1",
                "{\"any_of\":[{\"types\":[\"nothing\"]}]}|``"
            })
    void itemsAreAlternativesAndTheirFieldsAllHold(String body, String offsets) {
        // When
        Answer answer = post(body);
        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(String.join(" ", answer.places())).isEqualTo(places(offsets));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "appended_from=2026-11-01T00:00:00Z|1 2 3 4",
                "appended_until=2026-11-01T00:00:00Z|0",
                "appended_from=2026-11-01T01:00:00%2B01:00&appended_until=2026-11-02T00:00:00Z|1 2",
                "appended_from=2026-11-03T12:00:00.000001Z|4",
                "appended_from=2026-11-03T12:00:00.000002Z|``",
                "occurred_from=2026-11-01T00:00:00Z|2 3 4",
                "occurred_until=2026-11-01T00:00:00Z|0 1",
                "occurred_from=2026-11-01T00:00:00Z&appended_until=2026-11-02T00:00:00Z|2",
                "match_metadata=%7B%22by%22:0%7D|0 2 4",
                "match_metadata=%7B%22by%22:0%7D&match_metadata=%7B%22by%22:1%7D&type=returned|2 3",
                "appended_from=0001-01-01T00:00:00Z&appended_until=9999-12-31T23:59:59Z&order=desc|4 3 2 1 0"
            })
    void rangesOfTimeAreHalfOpen(String query, String offsets) {
        // When
        Answer answer = api.get("/v1/events?" + query);
        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(String.join(" ", answer.places())).isEqualTo(places(offsets));
    }

    @Test
    void cursorGoesOnWithTheSameQueryInAnyOrderOfItsItems() {
        // Given
        Answer first = post("{\"any_of\":[{\"types\":[\"added\"]},{\"keys\":[\"ada\"]}],\"limit\":2}");
        String cursor = first.text("next_cursor");
        // When
        Answer next = post("{\"cursor\":\"" + cursor + "\",\"any_of\":[{\"keys\":[\"ada\"]},{\"types\":[\"added\"]}]}");
        Answer other = post("{\"cursor\":\"" + cursor + "\",\"any_of\":[{\"keys\":[\"ada\"]}]}");
        Answer range = post("{\"cursor\":\"" + cursor + "\",\"any_of\":[{\"keys\":[\"ada\"]},{\"types\":[\"added\"]}],"
                + "\"occurred_from\":\"2026-11-01T00:00:00Z\"}");
        // Then
        assertThat(first.places()).containsExactly("0:0", "0:2");
        assertThat(next.places()).containsExactly("0:4");
        assertThat(next.has("next_cursor")).isFalse();
        assertThat(other.wrongParameters()).containsExactly("cursor");
        assertThat(range.wrongParameters()).containsExactly("cursor");
    }

    @Test
    void followingWithARangeFindsWhatComesIntoIt() throws SQLException {
        // Given
        String range = "occurred_from=2026-11-05T00:00:00Z&appended_until=2026-11-06T00:00:00Z";
        String tail = api.get("/v1/events?" + range).text("tail_cursor");
        store.append(1, Instant.parse("2026-11-05T00:00:00Z"), "early", null, "{}");
        store.append(1, Instant.parse("2026-11-05T00:00:02Z"), "inside", null, "{}");
        store.append(1, Instant.parse("2026-11-06T00:00:00Z"), "late", null, "{}");
        store.commit();
        // When
        Answer followed = api.get("/v1/events?" + range + "&cursor=" + tail);
        store.execute("DELETE FROM event WHERE kafka_partition = 1");
        store.commit();
        // Then
        assertThat(followed.places()).containsExactly("1:1");
    }

    @Test
    void parametersBesideABodyAreRefused() {
        Answer answer = send("/v1/events/query?limit=1", "{}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.wrongParameters()).containsExactly("limit");
    }

    private Answer post(String body) {
        return send("/v1/events/query", body);
    }

    private Answer send(String path, String body) {
        return api.send(HttpRequest.newBuilder(api.uri(path))
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private static String places(String offsets) {
        return offsets.isEmpty() ? "" : "0:" + offsets.replace(" ", " 0:");
    }

    private void append(String appendedAt, String type, String key, String payload) throws SQLException {
        store.append(0, Instant.parse(appendedAt), type, key, payload);
    }
}

package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.query.ApiClient.Answer;
import java.net.http.HttpRequest;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamBadRequestIT {
    private static EventStore store;
    private static ApiClient api;

    @BeforeAll
    static void start() throws SQLException {
        store = new EventStore();
        api = new ApiClient(store.readerUrl());
        store.append(0, 1);
        store.append(0, 2);
        store.commit();
    }

    @AfterAll
    static void stop() throws SQLException {
        api.close();
        store.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "order=asc order",
                "limit=10 limit",
                "wait_for=0:1 wait_for",
                "wait_ms=1 wait_ms",
                "unknown=1 unknown",
                "from=now from",
                "from= from",
                "from=beginning&from=beginning from",
                "cursor= cursor",
                "cursor=AAAA cursor",
                "match=x match",
                "appended_from=yesterday appended_from"
            })
    void theWrongParameterIsNamed(String query, String parameter) {
        // When
        Answer answer = api.get("/v1/events/stream?" + query);
        // Then
        assertBad(answer, parameter);
    }

    @Test
    void aCursorAndTheBeginningAreOneTooMany() {
        // Given
        String cursor = api.events().text("tail_cursor");
        // When
        Answer answer = api.get("/v1/events/stream?from=beginning&cursor=" + cursor);
        // Then
        assertBad(answer, "from");
    }

    @Test
    void aCursorOfAnotherFilterOrOrderIsRefused() {
        // Given
        String descending = api.events("order", "desc", "limit", "1").text("next_cursor");
        String tail = api.events().text("tail_cursor");
        // When
        Answer otherOrder = api.get("/v1/events/stream?cursor=" + descending);
        Answer otherFilter = api.get("/v1/events/stream?type=t&cursor=" + tail);
        Answer otherHeader = withHeaders("?type=t", tail);
        // Then
        assertBad(otherOrder, "cursor");
        assertBad(otherFilter, "cursor");
        assertBad(otherHeader, "Last-Event-ID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rubbish", "AAAA", "0", "\u00e9", "a\tb", "../../etc", "{}", "'; DROP TABLE event; --"})
    void aLastEventIdThatIsNoCursorIsRefused(String id) {
        // When
        Answer answer = withHeaders("", id);
        // Then
        assertBad(answer, "Last-Event-ID");
        assertThat(answer.body()).doesNotContain("DROP");
    }

    @Test
    void twoLastEventIdsAreOneTooMany() {
        // Given
        String tail = api.events().text("tail_cursor");
        // When
        Answer answer = withHeaders("", tail, tail);
        // Then
        assertBad(answer, "Last-Event-ID");
    }

    private static Answer withHeaders(String query, String... lastEventIds) {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.uri("/v1/events/stream" + query));
        for (String id : lastEventIds) {
            request.header("Last-Event-ID", id);
        }
        return api.send(request.build());
    }

    private static void assertBad(Answer answer, String parameter) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.wrongParameters()).containsExactly(parameter);
    }
}

package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.query.ApiClient.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadRequestIT extends SharedStore {
    @BeforeAll
    void fill() throws SQLException {
        store.append(0, 1);
        store.append(0, 2);
        store.commit();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "limit=0 limit",
                "limit=-1 limit",
                "limit=1000000000 limit",
                "limit=abc limit",
                "limit=1&limit=2 limit",
                "cursor= cursor",
                "cursor=AAAA cursor",
                "cursor=%00 cursor",
                "unknown=1 unknown",
                "match=x match",
                "match=%5B%5D match",
                "match=%7B%22a%22:%22%5Cu0000%22%7D match",
                "match=%7B%22a%22:%22%5CuDEAD%22%7D match",
                "match=%7B%22%00%22:1%7D match",
                "wait_for=garbage wait_for",
                "wait_for=0:9223372036854775808 wait_for",
                "wait_for=0:99999999999999999999999 wait_for",
                "wait_for=99:0 wait_for",
                "type=%00 type",
                "key=a%00b key",
                "key=%E2%82 key",
                "occurred_from=2026-11-01 occurred_from",
            })
    void theWrongParameterIsNamed(String query, String parameter) {
        // When
        Answer answer = api.get("/v1/events?" + query);
        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.text("type")).isEqualTo("urn:millrace:problem:bad-request");
        assertThat(answer.wrongParameters()).containsExactly(parameter);
        assertSilent(answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "step=0 step",
                "step=-1 step",
                "step=1.5 step",
                "step=1ms step",
                "step=1w step",
                "step=60&step=60 step",
                "step=367d step",
                "step=999999999d step",
                "step=99999999999999999999 step",
                "step= step",
                "step=s step",
                "step=%D9%A1 step",
                "from=yesterday from",
                "from=2026-11-01 from",
                "from=2026-11-01T00:00:00 from",
                "from=2026-11-01T00:00:00+02:00 from",
                "from=2026-11-01T00:00:00.0000001Z from",
                "until=10000-01-01T00:00:00Z until",
                "until=%00 until",
                "from=2026-11-01T00:00:00Z&until=2026-11-01T00:00:00Z until",
                "from=2026-11-01T00:00:01Z&until=2026-11-01T00:00:00Z until",
                "from=9999-01-01T00:00:00Z from",
                "from=2026-11-01T00:00:00Z&until=2026-11-01T00:16:40.000001Z&step=1 step",
                "from=0001-01-01T00:00:00Z&until=9999-12-31T23:59:59Z&step=1 step",
                "from=0001-01-01T00:00:00Z step",
                "type=t type"
            })
    void theWrongParameterOfStatsIsNamed(String query, String parameter) {
        // When
        Answer answer = api.get("/v1/stats?" + query);
        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.wrongParameters()).containsExactly(parameter);
        assertSilent(answer);
    }

    @Test
    void everyAlteredCursorIsRefusedAndNoneIsAFault() {
        // Given
        String cursor = api.events("limit", "1").text("next_cursor");
        for (int index = 0; index < cursor.length(); index++) {
            StringBuilder altered = new StringBuilder(cursor);
            altered.setCharAt(index, cursor.charAt(index) == 'A' ? 'B' : 'A');
            // When
            Answer flipped = api.events("cursor", altered.toString());
            Answer cut = api.events("cursor", cursor.substring(0, index));
            // Then
            assertThat(flipped.wrongParameters()).containsExactly("cursor");
            assertThat(cut.wrongParameters()).containsExactly("cursor");
        }
    }

    @Test
    void aCursorOfAnotherFilterOrOrderIsRefused() {
        // Given
        String cursor = api.events("limit", "1").text("next_cursor");
        // When
        Answer otherType = api.events("cursor", cursor, "type", "t");
        Answer otherOrder = api.events("cursor", cursor, "order", "desc");
        Answer otherLimit = api.events("cursor", cursor, "limit", "7");
        // Then
        assertThat(otherType.wrongParameters()).containsExactly("cursor");
        assertThat(otherOrder.wrongParameters()).containsExactly("cursor");
        assertThat(otherLimit.places()).containsExactly("0:1");
    }

    @Test
    void deepNestingIsRefused() {
        // When
        Answer answer = api.events("match", "{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}");
        // Then
        assertThat(answer.wrongParameters()).containsExactly("match");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/v1",
                "/v2/events",
                "/v1/events/a/b",
                "/v1/events/stream/x",
                "/V1/EVENTS",
                "/favicon.ico",
                "/v1/receipts",
                "/v1/receipts/0:1/x"
            })
    void anUnknownPathIsAProblem(String path) {
        // When
        Answer answer = api.get(path);
        // Then
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.text("type")).isEqualTo("urn:millrace:problem:not-found");
    }

    @Test
    void anotherMethodIsNotAllowed() {
        // When
        Answer answer = api.send(HttpRequest.newBuilder(api.uri("/v1/events"))
                .POST(BodyPublishers.ofString("{}"))
                .build());
        // Then
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.response().headers().firstValue("allow").orElse("")).contains("GET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/events/%2F HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /v1/events/%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /v1/events/..%2f..%2fetc HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /v1/events/%00 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /v1/events?type=\u0001 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /v1/events HTTP/1.1\r\nConnection: close\r\n\r\n",
                "nonsense\r\n\r\n"
            })
    void whatTheServerRefusesItselfIsNoFaultOfOurs(String request) throws IOException {
        // When
        String answer = raw(request);
        // Then
        assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json");
        assertThat(answer).doesNotContain("jetty").doesNotContain("Jetty").doesNotContain("Exception");
    }

    @Test
    void aHugeAddressIsAProblem() throws IOException {
        // When
        String answer = raw("GET /v1/events?type=" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        // Then
        assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", api.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertSilent(Answer answer) {
        assertThat(answer.body())
                .doesNotContainIgnoringCase("select")
                .doesNotContain("Exception")
                .doesNotContain("sqlState");
    }
}

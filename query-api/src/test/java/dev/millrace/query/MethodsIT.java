package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HEAD, and what is not for a path. As bytes: a client's library has ideas of its own about them. */
class MethodsIT {
    private static final Pattern ALLOW = Pattern.compile("\r\nAllow: ([^\r]*)\r\n");

    private static final String LENGTH = "\r\ncontent-length: [^\r]*";

    /** Longer than the server collects before it sends, so that no length is known in advance. */
    private static final int MANY = 400;

    private static EventStore store;
    private static ApiClient api;

    @BeforeAll
    static void start() throws SQLException {
        store = new EventStore();
        for (int second = 0; second < MANY; second++) {
            store.append(second % 4, second);
        }
        store.commit();
        api = new ApiClient(store.readerUrl());
    }

    @AfterAll
    static void stop() throws SQLException {
        api.close();
        store.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/events?limit=3",
                "/v1/events?limit=1000",
                "/v1/events?limit=0",
                "/v1/events?wait_for=0:9999&wait_ms=0",
                "/v1/events/no-uuid",
                "/v1/events/0190a5c8-7c1e-7000-8000-000000000000",
                "/v1/events/export",
                "/v1/events/export?type=none",
                "/v1/events/export?limit=1",
                "/v1/events/stream?from=now",
                "/v1/receipts/0:0",
                "/v1/receipts/9:0",
                "/v1/stats?step=0",
                "/health/live",
                "/health/ready",
                "/openapi.yaml",
                "/nowhere"
            })
    void headIsWhatGetSaysWithoutTheBody(String path) throws IOException {
        for (String coding : new String[] {"identity", "gzip"}) {
            // Given
            String get = ask("GET", path, coding);
            // When
            String head = ask("HEAD", path, coding);
            // Then
            int end = get.indexOf("\r\n\r\n") + 4;
            String expected = withoutDate(get.substring(0, end));
            // What only the search would tell.
            assertThat(withoutDate(head))
                    .isEqualTo(path.contains("type=none") ? expected.replaceFirst(LENGTH, "") : expected);
            assertThat(get.length()).isGreaterThan(end);
        }
    }

    @Test
    void nextRequestOfTheConnectionIsUnderstoodAfterHead() throws IOException {
        try (Socket socket = RawRequest.connect(api.port())) {
            // When
            RawRequest.write(socket, "HEAD /v1/events?limit=1000 HTTP/1.1\r\nHost: a\r\n\r\n");
            RawRequest.write(socket, "HEAD /v1/events/export HTTP/1.1\r\nHost: a\r\n\r\n");
            RawRequest.write(socket, "GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            // Then
            String answers = RawRequest.readAll(socket);
            assertThat(answers.split("HTTP/1.1 200 OK")).hasSize(4);
            assertThat(answers).endsWith("\r\n\r\n{\"status\":\"up\",\"checks\":{}}");
        }
    }

    @Test
    void headOfAnExportLooksForNoEventAndLeavesItsPlace() throws SQLException, IOException {
        // Given
        store.execute("LOCK TABLE event IN ACCESS EXCLUSIVE MODE");
        try {
            for (int attempt = 0; attempt <= ApiClient.LIMITS.exports(); attempt++) {
                long begin = System.nanoTime();
                // When
                String head = ask("HEAD", "/v1/events/export", "identity");
                // Then
                assertThat(head).startsWith("HTTP/1.1 200").contains("Millrace-Complete-Through: 0:");
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(900));
            }
        } finally {
            store.commit();
        }
    }

    @Test
    void headOfAStreamOpensNone() throws IOException {
        // When: it comes to an end
        String head = ask("HEAD", "/v1/events/stream", "identity");
        // Then
        assertThat(head)
                .startsWith("HTTP/1.1 200")
                .contains("Content-Type: text/event-stream")
                .doesNotContain("Content-Length")
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "X"})
    void anotherMethodIsToldWhichOnesThereAre(String method) throws IOException {
        for (String path : new String[] {"/v1/events", "/v1/events/export", "/v1/events/stream", "/v1/status"}) {
            // When
            String answer = ask(method, path, "identity");
            // Then
            assertThat(answer).as(path).startsWith("HTTP/1.1 405").contains("urn:millrace:problem:method-not-allowed");
            assertThat(allowed(answer)).containsExactlyInAnyOrder("GET", "HEAD");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "GET", "PUT", "OPTIONS"})
    void whatTakesADocumentTakesNothingElse(String method) throws IOException {
        // When
        String answer = ask(method, "/v1/events/query", "identity");
        // Then: GET and HEAD might mean an event of that id
        if (method.equals("GET") || method.equals("HEAD")) {
            assertThat(answer).startsWith("HTTP/1.1 400");
        } else {
            assertThat(answer).startsWith("HTTP/1.1 405");
            assertThat(allowed(answer)).contains("POST");
        }
    }

    private static String ask(String method, String path, String coding) throws IOException {
        return RawRequest.send(
                api.port(),
                method + " " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAccept-Encoding: " + coding
                        + "\r\n\r\n");
    }

    private static String withoutDate(String head) {
        return head.replaceFirst("\r\nDate: [^\r]*", "").toLowerCase(Locale.ROOT);
    }

    private static String[] allowed(String answer) {
        Matcher allow = ALLOW.matcher(answer);
        assertThat(allow.find()).as(answer).isTrue();
        return allow.group(1).split(", *");
    }
}

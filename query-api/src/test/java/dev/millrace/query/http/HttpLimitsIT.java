package dev.millrace.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.query.RawRequest;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server as it is set up, with times that a test can wait for, and routes that only read a body or fail. */
class HttpLimitsIT {
    private static final Duration TIME = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** Longer than any body takes, as it is outside of tests. */
    private static final Duration ANSWER_TIME = TIME.multipliedBy(2);

    /** More than what lies in buffers on the way. */
    private static final int LARGE = 32 << 20;

    private static Javalin server;

    @BeforeAll
    static void start() {
        server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.startupWatcherEnabled = false;
            new HttpLimits(2, 1, TIME, ANSWER_TIME, PATIENCE.multipliedBy(2)).applyTo(config);
            config.routes.post("/body", context -> {
                byte[] body = new RequestBody(context, TIME, System::nanoTime).read();
                context.result("length=" + body.length);
            });
            config.routes.get("/ignore", context -> context.result("ignored"));
            config.routes.get("/large", context -> context.result(new byte[LARGE]));
            config.routes.get("/v1/events/export", context -> context.result(new byte[LARGE]));
            config.routes.get("/error", context -> {
                throw new StackOverflowError("SELECT secret");
            });
            Failures.register(config.routes);
            config.router.javaLangErrorHandler(Failures::fatal);
        });
        server.start("127.0.0.1", 0);
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void aBodyUpToTheLimitIsRead() throws IOException {
        // When
        String none = RawRequest.send(server.port(), post("Content-Length: 0", ""));
        String full = RawRequest.send(
                server.port(), post("Content-Length: " + HttpLimits.BODY_BYTES, "a".repeat(HttpLimits.BODY_BYTES)));
        String chunked = RawRequest.send(
                server.port(), post("Transfer-Encoding: chunked", "5\r\nabcde\r\n3\r\nfgh\r\n0\r\n\r\n"));
        // Then
        assertThat(none).startsWith("HTTP/1.1 200").endsWith("length=0");
        assertThat(full).startsWith("HTTP/1.1 200").endsWith("length=1048576");
        assertThat(chunked).startsWith("HTTP/1.1 200").endsWith("length=8");
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedByItsAnnouncement() throws IOException {
        // When
        String answer = RawRequest.send(server.port(), post("Content-Length: " + (HttpLimits.BODY_BYTES + 1), ""));
        // Then
        assertProblem(answer, 413, "content-too-large");
    }

    @Test
    void aBodyWithoutAnEndIsRefusedWhileItIsRead() throws IOException {
        try (Socket socket = RawRequest.connect(server.port())) {
            // Given
            RawRequest.write(socket, post("Transfer-Encoding: chunked", ""));
            String chunk = "10000\r\n" + "a".repeat(1 << 16) + "\r\n";
            // When
            for (int sent = 0; sent <= HttpLimits.BODY_BYTES; sent += 1 << 16) {
                RawRequest.write(socket, chunk);
            }
            // Then
            assertProblem(RawRequest.readAll(socket), 413, "content-too-large");
        }
    }

    @Test
    void aBodyThatDripsHoldsItsWorkerForABoundedTime() throws IOException {
        try (Socket socket = RawRequest.connect(server.port())) {
            // Given
            RawRequest.write(socket, post("Transfer-Encoding: chunked", ""));
            // When
            StringBuilder answer = new StringBuilder();
            Duration held = drip(socket, "1\r\na\r\n", answer);
            // Then
            assertThat(held).isBetween(TIME.minusMillis(200), PATIENCE);
            assertProblem(answer.toString(), 408, "request-timeout");
        }
    }

    @Test
    void aBodyThatStopsHoldsItsWorkerForABoundedTime() throws IOException {
        // When
        long begin = System.nanoTime();
        String answer = RawRequest.send(server.port(), post("Content-Length: 100", "only this"));
        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(TIME.minusMillis(200), PATIENCE);
        assertProblem(answer, 408, "request-timeout");
    }

    @Test
    void aBodyShorterThanAnnouncedIsABadRequest() throws IOException {
        try (Socket socket = RawRequest.connect(server.port())) {
            // When
            RawRequest.write(socket, post("Content-Length: 100", "only this"));
            socket.shutdownOutput();
            // Then
            assertProblem(RawRequest.readAll(socket), 400, "bad-request");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3\r\nContent-Length: 5",
                "Content-Length: 3\r\nTransfer-Encoding: chunked",
                "Content-Length: -1",
                "Content-Length: 99999999999999999999",
                "Content-Length: 3x"
            })
    void aLengthThatContradictsItselfIsABadRequest(String headers) throws IOException {
        // When
        String answer = RawRequest.send(server.port(), post(headers, "abcde"));
        // Then
        assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json");
        assertSilent(answer);
    }

    @Test
    void aCompressedBodyIsNotRead() throws IOException {
        // When
        String answer = RawRequest.send(server.port(), post("Content-Encoding: gzip\r\nContent-Length: 3", "abc"));
        // Then
        assertProblem(answer, 415, "unsupported-media-type");
    }

    @Test
    void aBodyThatNobodyReadsHoldsNobody() throws IOException {
        try (Socket socket = RawRequest.connect(server.port())) {
            // When
            RawRequest.write(socket, "GET /ignore HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
            // Then
            assertThat(RawRequest.readAll(socket)).startsWith("HTTP/1.1 200").contains("ignored");
        }
    }

    @Test
    void anAnswerThatIsSippedHoldsItsPlaceForABoundedTime() throws IOException {
        try (Socket one = slowReader("/large");
                Socket other = slowReader("/large")) {
            // Given
            long begin = System.nanoTime();
            await().atMost(ANSWER_TIME).until(() -> ignore().startsWith("HTTP/1.1 429"));
            // When
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
                one.getInputStream().readNBytes(256);
                other.getInputStream().readNBytes(256);
                return ignore().startsWith("HTTP/1.1 200");
            });
            // Then
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(ANSWER_TIME.minusMillis(200), PATIENCE);
        }
    }

    @Test
    void anAnswerThatWasTakenInTimeLeavesItsConnectionAlone() throws IOException {
        try (Socket socket = RawRequest.connect(server.port())) {
            // Given
            RawRequest.write(socket, "GET /ignore HTTP/1.1\r\nHost: a\r\n\r\n");
            // When
            await().pollDelay(ANSWER_TIME.plusMillis(500)).until(() -> true);
            RawRequest.write(socket, "GET /ignore HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            // Then
            assertThat(RawRequest.readAll(socket).split("HTTP/1.1 200")).hasSize(3);
        }
    }

    @Test
    void aStreamMayBeTakenSlowly() throws IOException {
        try (Socket socket = slowReader("/v1/events/export")) {
            // When
            int first = socket.getInputStream().readNBytes(1_000).length;
            await().pollDelay(ANSWER_TIME.plusMillis(500)).until(() -> true);
            // Then
            int left = LARGE - first;
            assertThat(socket.getInputStream().readNBytes(left)).hasSize(left);
        }
    }

    @Test
    void headersThatDripAreCutOff() throws IOException {
        try (Socket socket = RawRequest.connect(server.port())) {
            // Given
            RawRequest.write(socket, "GET /ignore HTTP/1.1\r\nX: ");
            // When
            StringBuilder answer = new StringBuilder();
            Duration held = drip(socket, "a", answer);
            // Then
            assertThat(held).isBetween(TIME.minusMillis(200), PATIENCE);
            assertThat(answer).isEmpty();
        }
    }

    @Test
    void headersOfALaterRequestThatDripAreCutOff() throws IOException {
        try (Socket socket = RawRequest.connect(server.port())) {
            // Given
            RawRequest.write(socket, "GET /ignore HTTP/1.1\r\nHost: a\r\n\r\n");
            // When
            StringBuilder answer = new StringBuilder();
            Duration held = drip(socket, "G", answer);
            // Then
            assertThat(held).isBetween(TIME.minusMillis(200), PATIENCE);
            assertThat(answer.toString()).startsWith("HTTP/1.1 200").endsWith("ignored");
        }
    }

    @Test
    void manySlowClientsKeepNobodyOut() throws IOException {
        Socket[] slow = new Socket[200];
        try {
            // Given
            for (int index = 0; index < slow.length; index++) {
                slow[index] = RawRequest.connect(server.port());
                RawRequest.write(slow[index], "GET /ignore HTTP/1.1\r\nHost:");
            }
            // When
            long begin = System.nanoTime();
            String answer =
                    RawRequest.send(server.port(), "GET /ignore HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            // Then
            assertThat(answer).startsWith("HTTP/1.1 200");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        } finally {
            for (Socket each : slow) {
                if (each != null) {
                    each.close();
                }
            }
        }
    }

    @Test
    void headersThatAreTooLargeAreAProblem() throws IOException {
        // When
        String address =
                RawRequest.send(server.port(), "GET /ignore?a=" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        String headers = RawRequest.send(
                server.port(), "GET /ignore HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(20_000) + "\r\n\r\n");
        // Then
        assertProblem(address, 414, "address-too-long");
        assertProblem(headers, 431, "headers-too-large");
    }

    @Test
    void anErrorOfTheMachineSaysNothingOfItself() throws IOException {
        // When
        String answer = RawRequest.send(server.port(), "GET /error HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        // Then
        assertProblem(answer, 500, "internal");
    }

    /** Sends a drop ten times a second until the server has had enough; what it said goes into the text. */
    private static Duration drip(Socket socket, String drop, StringBuilder answer) throws IOException {
        long begin = System.nanoTime();
        socket.setSoTimeout(100);
        byte[] buffer = new byte[4_096];
        while (Duration.ofNanos(System.nanoTime() - begin).compareTo(PATIENCE.multipliedBy(2)) < 0) {
            try {
                RawRequest.write(socket, drop);
                int count = socket.getInputStream().read(buffer);
                if (count < 0) {
                    break;
                }
                answer.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
            } catch (SocketTimeoutException quiet) {
                continue;
            } catch (SocketException closed) {
                break;
            }
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Asks, and takes no more than a few bytes by itself. */
    private static Socket slowReader(String path) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
        RawRequest.write(socket, "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
        return socket;
    }

    private static String ignore() throws IOException {
        return RawRequest.send(server.port(), "GET /ignore HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    }

    private static String post(String headers, String body) {
        return "POST /body HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers + "\r\n\r\n" + body;
    }

    private static void assertProblem(String answer, int status, String type) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("application/problem+json", "\"urn:millrace:problem:" + type + "\"", "\"status\":" + status);
        assertSilent(answer);
    }

    private static void assertSilent(String answer) {
        assertThat(answer)
                .doesNotContainIgnoringCase("jetty")
                .doesNotContainIgnoringCase("javalin")
                .doesNotContain("Exception", "Server:", "SELECT", "\tat ");
    }
}

package dev.millrace.compose.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.compose.history.WaitForCheck.Answer;
import dev.millrace.schemas.Position;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lies that a query API could tell, told by a server that says what it is told to. */
class WaitForCheckTest {
    private static final Position RECEIPT = new Position(1, 7);
    private static final UUID ID = new UUID(0, 7);

    private final Queue<String> answers = new ArrayDeque<>();
    private final List<String> questions = new ArrayList<>();
    private HttpServer server;
    private WaitForCheck check;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/events", exchange -> {
            questions.add(exchange.getRequestURI().getQuery());
            String[] answer = String.valueOf(answers.poll()).split(" ", 2);
            byte[] body = answer[1].getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(Integer.parseInt(answer[0]), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        check = new WaitForCheck("http://127.0.0.1:" + server.getAddress().getPort() + "/", Duration.ofSeconds(2));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void answerWithTheEventIsComplete() throws Exception {
        answers.add(page(event(1, 9, 9), "next", 9));
        answers.add(page(event(1, 8, 8) + "," + event(1, 7, 7), null, 9));
        assertThat(check.check(RECEIPT, ID, "a b")).isEqualTo(new Answer.Complete());
        assertThat(questions)
                .containsExactly(
                        "order=desc&limit=1000&key=a b&wait_for=1:7&wait_ms=2000",
                        "order=desc&limit=1000&key=a b&cursor=next");
    }

    @Test
    void rejectedRecordOnlyHasToBeCovered() throws Exception {
        answers.add(page("", null, 7));
        assertThat(check.check(RECEIPT, null, null)).isEqualTo(new Answer.Complete());
    }

    @Test
    void answerThatIsTooOldIsWrong() throws Exception {
        answers.add(page("", null, 6));
        assertWrong("complete_through is {1=6}");
    }

    @Test
    void answerThatLacksTheEventIsWrong() throws Exception {
        answers.add(page("", null, 7));
        assertWrong("does not hold event");
        answers.add(page(event(1, 6, 6), "next", 7));
        assertWrong("went past without event");
        answers.add(page(event(1, 7, 6), "next", 7));
        assertWrong("went past without event");
    }

    @Test
    void answerWithMoreThanItSaysIsWrong() throws Exception {
        answers.add(page(event(1, 8, 8) + "," + event(1, 7, 7), null, 7));
        assertWrong("holds 1:8, but complete_through is {1=7}");
    }

    @Test
    void refusalIsFineOnlyAs503OrWhenTheQueryRanIntoItsLimit() throws Exception {
        answers.add("503 {}");
        assertThat(check.check(RECEIPT, ID, null)).isInstanceOf(Answer.Unavailable.class);
        answers.add("422 {\"type\":\"…/query-too-expensive\"}");
        assertThat(check.check(RECEIPT, ID, null)).isInstanceOf(Answer.Unavailable.class);
        answers.add("422 {\"type\":\"…/another\"}");
        assertWrong("HTTP status 422");
        answers.add("500 {}");
        assertWrong("HTTP status 500");
        answers.add("200 <html>");
        assertWrong("no page of events");
        server.stop(0);
        assertThat(check.check(RECEIPT, ID, null)).isInstanceOf(Answer.Unavailable.class);
    }

    private void assertWrong(String what) throws InterruptedException {
        Answer answer = check.check(RECEIPT, ID, null);
        assertThat(answer).isInstanceOf(Answer.Wrong.class);
        Violation violation = ((Answer.Wrong) answer).violation();
        assertThat(violation.invariant()).isEqualTo(Invariant.WAIT_FOR);
        assertThat(violation.what()).startsWith("asked for 1:7: ").contains(what);
    }

    private static String page(String events, String nextCursor, long through) {
        return "200 {\"events\":[" + events + "]," + (nextCursor == null ? "" : "\"next_cursor\":\"next\",")
                + "\"complete_through\":{\"1\":" + through + "}}";
    }

    private static String event(int partition, long offset, long id) {
        return "{\"event_id\":\"%s\",\"payload\":{\"offset\":1},\"partition\":%d,\"offset\":%d}"
                .formatted(new UUID(0, id), partition, offset);
    }
}

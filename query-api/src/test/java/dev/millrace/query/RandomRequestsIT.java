package dev.millrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.query.RawClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever is asked: an answer in time, no error of the server, and nothing of what is behind it. */
class RandomRequestsIT extends SharedStore {
    private static final int LIMIT_MILLIS = 3_000;
    private static final int EVENTS = 300;

    /** What a server says that tells of itself. */
    private static final Pattern INSIDE = Pattern.compile(
            "SELECT |sink_offset|postgres|jdbc|\\bat [a-z]+\\.[a-z]+\\.|Exception|dev\\.millrace|jetty|javalin");

    @BeforeAll
    void fill() throws SQLException {
        for (int second = 0; second < EVENTS; second++) {
            store.append(second % 4, second);
        }
        store.commit();
    }

    @Test
    void twoThousandRequests() throws IOException {
        send(Long.getLong("millrace.requests.seed", 1), 2_000);
    }

    @Test
    @Tag("full")
    void hundredThousandRequests() throws IOException {
        send(Long.getLong("millrace.requests.seed", 2), 100_000);
    }

    private void send(long seed, int count) throws IOException {
        Answers answers = new Answers();
        RandomRequests requests = new RandomRequests(seed, cursors());
        for (int number = 0; number < count; number++) {
            answers.add(seed, number, requests.next());
        }
        System.out.println("random requests: seed=" + seed + " statuses=" + answers.statuses);
        // Not all of them were nonsense, and not all of them right.
        assertThat(answers.statuses.get(200)).isGreaterThan(count / 20);
        assertThat(answers.statuses.get(400)).isGreaterThan(count / 20);
    }

    private List<String> cursors() {
        var first = api.events("limit", "1");
        var typed = api.events("limit", "1", "type", "order.placed", "order", "desc");
        return List.of(first.text("next_cursor"), first.text("tail_cursor"), typed.text("next_cursor"));
    }

    /** Sends each and looks at what comes back. */
    private final class Answers {
        private final Map<Integer, Integer> statuses = new TreeMap<>();
        private final RawClient raw = new RawClient(api.port(), LIMIT_MILLIS);

        void add(long seed, int number, byte[] request) throws IOException {
            String what = "seed=" + seed + " number=" + number + " " + new String(request, StandardCharsets.UTF_8);
            long begin = System.nanoTime();
            Answer answer;
            try {
                answer = raw.send(request);
            } catch (IOException failure) {
                throw new IOException(what, failure);
            }
            // What waits is told to, with wait_for, and stays below the default of two seconds.
            assertThat((System.nanoTime() - begin) / 1_000_000).as(what).isLessThan(LIMIT_MILLIS);
            assertThat(answer.status() < 500 || answer.status() == 503)
                    .as(what + answer)
                    .isTrue();
            assertThat(INSIDE.matcher(answer.headers() + answer.body()).find())
                    .as(what + answer)
                    .isFalse();
            statuses.merge(answer.status(), 1, Integer::sum);
        }
    }
}

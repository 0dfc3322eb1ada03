package dev.millrace.compose.history;

import com.fasterxml.jackson.core.JacksonException;
import dev.millrace.schemas.Position;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks the query API for what was just written, and judges the answer: it includes the write, or there is none.
 * Thread-safe.
 */
public final class WaitForCheck {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    /** Longer than {@code wait_ms} and a query may take together. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private static final int LIMIT = 1_000;

    /** In the type of the problem that a query makes which ran into its statement_timeout. */
    private static final String TOO_EXPENSIVE = "query-too-expensive";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();
    private final String url;
    private final Duration patience;

    /** What the API did. */
    public sealed interface Answer {
        /** It answered, and the answer includes the write. */
        record Complete() implements Answer {}

        /** It said that it cannot answer now, or it did not answer: it may be down, which is no lie. */
        record Unavailable(String why) implements Answer {}

        /** It said what is not so, or what it must never say. */
        record Wrong(Violation violation) implements Answer {}
    }

    /**
     * @param url for example {@code http://127.0.0.1:8080}
     * @param patience how long the API shall wait, at most 10 s
     */
    public WaitForCheck(String url, Duration patience) {
        this.url = url.replaceAll("/+$", "");
        this.patience = patience;
    }

    /**
     * Asks once; follows the pages of the answer until the event must have come.
     *
     * @param receipt where the broker put the record
     * @param stored the event that the answer must hold; null if the record is none, or may be a repeat
     * @param key of the event, to ask for fewer; null asks for all
     */
    public Answer check(Position receipt, @Nullable UUID stored, @Nullable String key) throws InterruptedException {
        String question = "order=desc&limit=" + LIMIT + (key == null ? "" : "&key=" + encode(key));
        String address = url + "/v1/events?" + question + "&wait_for=" + encode(receipt.toString()) + "&wait_ms="
                + patience.toMillis();
        try {
            while (true) {
                HttpResponse<byte[]> answer = ask(address);
                if (answer.statusCode() != 200) {
                    return refused(receipt, answer);
                }
                WalkPage page = WalkPage.parse(answer.body());
                Answer judged = judge(page, receipt, stored);
                if (judged != null) {
                    return judged;
                }
                address = url + "/v1/events?" + question + "&cursor=" + encode(String.valueOf(page.nextCursor()));
            }
        } catch (JacksonException malformed) {
            return wrong(receipt, "the answer is no page of events: " + malformed.getOriginalMessage());
        } catch (IOException noAnswer) {
            return new Answer.Unavailable(noAnswer.toString());
        }
    }

    /** Null if the event may be on the next page, which there is. */
    private static @Nullable Answer judge(WalkPage page, Position receipt, @Nullable UUID stored) {
        String fault = page.fault(receipt, stored);
        if (fault != null) {
            return wrong(receipt, fault);
        }
        if (stored == null || page.holds(receipt, stored)) {
            return new Answer.Complete();
        }
        return page.nextCursor() == null ? wrong(receipt, "the answer does not hold event " + stored) : null;
    }

    private HttpResponse<byte[]> ask(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(patience.plus(MARGIN))
                .build();
        return http.send(request, BodyHandlers.ofByteArray());
    }

    /** A replica that stands still makes any query run into its limit; that answer says nothing, and so nothing old. */
    private static Answer refused(Position receipt, HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        String problem = new String(answer.body(), StandardCharsets.UTF_8);
        return status == 503 || status == 422 && problem.contains(TOO_EXPENSIVE)
                ? new Answer.Unavailable("HTTP status " + status)
                : wrong(receipt, "the answer has HTTP status " + status + ": " + problem);
    }

    private static Answer wrong(Position receipt, String what) {
        return new Answer.Wrong(new Violation(Invariant.WAIT_FOR, "asked for " + receipt + ": " + what));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

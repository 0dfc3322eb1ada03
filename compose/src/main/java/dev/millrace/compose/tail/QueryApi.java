package dev.millrace.compose.tail;

import dev.millrace.compose.tail.TailException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The query API, as far as following needs it. Thread-safe. */
public final class QueryApi {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    /** The API itself gives a query 2 seconds; a process that is frozen gives no answer at all. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();
    private final String url;
    private final Optional<String> key;

    /**
     * @param url for example {@code http://127.0.0.1:8080}
     * @param key where the API asks for one
     * @throws IllegalArgumentException if the first is no HTTP URL, or the other cannot be in a header
     */
    public QueryApi(String url, Optional<String> key) {
        this.url = url.replaceAll("/+$", "");
        this.key = key;
        request(URI.create(this.url));
    }

    /**
     * Asks for a page.
     *
     * @param limit most events
     * @param cursor where to go on; null begins at the oldest event
     * @throws TailException if there is no page
     */
    EventPage page(EventFilter filter, int limit, @Nullable String cursor) throws InterruptedException {
        String query = "order=asc&limit=" + limit + "&" + filter.toQuery()
                + (cursor == null ? "" : "&" + EventFilter.parameter("cursor", cursor));
        URI address = URI.create(url + "/v1/events?" + query);
        HttpRequest request = request(address);
        HttpResponse<byte[]> answer;
        try {
            answer = http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException failure) {
            throw new TailException(Kind.UNAVAILABLE, this + " cannot be reached: " + reason(failure), failure);
        }
        if (answer.statusCode() != 200) {
            throw problem(answer);
        }
        try {
            return EventPage.parse(answer.body());
        } catch (IOException malformed) {
            throw new TailException(Kind.ENDED, this + " is no query API: " + malformed.getMessage(), malformed);
        }
    }

    private HttpRequest request(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(ANSWER_LIMIT);
        key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request.build();
    }

    private TailException problem(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        String problem = ApiProblem.describe(status, answer.body());
        return switch (status) {
            case 401, 403 -> new TailException(Kind.REFUSED, this + " asks for an API key: " + problem);
            case 400 -> new TailException(Kind.REFUSED, problem);
            case 414, 431 -> new TailException(Kind.REFUSED, "the filter is too long for " + this);
            case 410 -> new TailException(Kind.ENDED, "cannot go on: " + problem);
            case 429, 502, 503, 504 -> new TailException(Kind.UNAVAILABLE, this + " does not answer: " + problem);
            default -> new TailException(Kind.ENDED, this + " answered " + status + ": " + problem);
        };
    }

    /** Java leaves the message of the most usual failure empty. */
    private static String reason(IOException failure) {
        String message = failure.getMessage();
        if (message == null) {
            return failure instanceof ConnectException
                    ? "connection refused"
                    : failure.getClass().getSimpleName();
        }
        return message;
    }

    @Override
    public String toString() {
        return "the query API at " + url;
    }
}

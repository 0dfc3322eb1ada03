package dev.millrace.compose.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The slow transactions that a sink has counted, asked of its metrics. */
final class SinkStalls {
    private static final int OK = 200;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Pattern LINE = Pattern.compile("(?m)^sink_stalls_total\\{cause=\"([a-z_]+)\"} ([0-9.E]+)$");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();
    private final URI metrics;

    /** @param sink its HTTP address */
    SinkStalls(URI sink) {
        metrics = sink.resolve("/metrics");
    }

    /** How many there have been since the sink's start, by cause. */
    Map<String, Double> counts() throws IOException, InterruptedException {
        HttpRequest question = HttpRequest.newBuilder(metrics).timeout(LIMIT).build();
        HttpResponse<String> answer = http.send(question, BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            throw new IOException("the sink answers " + metrics + " with status " + answer.statusCode());
        }
        return parse(answer.body());
    }

    /**
     * How many came between two answers.
     *
     * @throws IllegalStateException if they are not of one sink: it was started again meanwhile
     */
    static Map<String, Double> between(Map<String, Double> before, Map<String, Double> after) {
        before.forEach((cause, count) -> {
            double later = after.getOrDefault(cause, 0.0);
            if (later < count) {
                throw new IllegalStateException(String.format(
                        Locale.ROOT,
                        "the sink was started again meanwhile: its stalls by %s fell from %.0f to %.0f",
                        cause,
                        count,
                        later));
            }
        });
        return CommitClock.difference(after, before);
    }

    /** @throws IOException if there are no such counters in it */
    static Map<String, Double> parse(String metrics) throws IOException {
        Map<String, Double> counts = new TreeMap<>();
        LINE.matcher(metrics).results().forEach(line -> counts.put(line.group(1), Double.parseDouble(line.group(2))));
        if (counts.isEmpty()) {
            throw new IOException("the sink does not say which transactions were slow");
        }
        return counts;
    }
}

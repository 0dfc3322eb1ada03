package dev.millrace.compose.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The slow transactions that a sink has counted, asked of its metrics. */
final class SinkStalls {
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
        return parse(http.send(question, BodyHandlers.ofString()).body());
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

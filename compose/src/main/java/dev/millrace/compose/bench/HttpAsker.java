package dev.millrace.compose.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the query API, over a connection that the JDK keeps open. */
final class HttpAsker implements Asker {
    private static final Pattern EVENT = Pattern.compile("\"event_id\"");
    private static final int LIMIT_MILLIS = (int) BoundedConnection.LIMIT.toMillis();

    private final URI api;

    HttpAsker(URI api) {
        this.api = api;
    }

    @Override
    public int ask(String book) throws IOException {
        String match = URLEncoder.encode(JdbcAsker.match(book), StandardCharsets.UTF_8);
        URI question = api.resolve("/v1/events?type=" + JdbcAsker.TYPE + "&match=" + match);
        HttpURLConnection connection = (HttpURLConnection) question.toURL().openConnection();
        connection.setConnectTimeout(LIMIT_MILLIS);
        connection.setReadTimeout(LIMIT_MILLIS);
        int status = connection.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK) {
            throw new IOException("the query API answered " + status + " to " + question);
        }
        try (InputStream body = connection.getInputStream()) {
            return count(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** The JDK keeps the connection for others. */
    @Override
    public void close() {
        // Nothing is ours.
    }

    private static int count(String body) {
        Matcher event = EVENT.matcher(body);
        int count = 0;
        while (event.find()) {
            count++;
        }
        return count;
    }
}

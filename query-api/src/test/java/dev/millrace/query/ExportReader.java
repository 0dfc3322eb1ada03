package dev.millrace.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A client of an export that reads line by line, as slowly as the test wants. */
final class ExportReader implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    ExportReader(ApiClient api, String query, String... headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(api.uri("/v1/events/export" + query));
            if (headers.length > 0) {
                request.headers(headers);
            }
            response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
            InputStream body =
                    header("content-encoding").equals("gzip") ? new GZIPInputStream(response.body()) : response.body();
            lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** The next lines, as many as are left but not more than that. */
    List<String> lines(int most) throws IOException {
        List<String> read = new ArrayList<>();
        readInto(read, most);
        return read;
    }

    /** All lines that are left. */
    List<String> rest() throws IOException {
        return lines(Integer.MAX_VALUE);
    }

    /** The same, where what came before a cut is of interest. */
    void readInto(List<String> read, int most) throws IOException {
        String line;
        for (int left = most; left > 0 && (line = lines.readLine()) != null; left--) {
            read.add(line);
        }
    }

    /** Where the events of these lines stand, as {@code partition:offset}. */
    static List<String> places(List<String> lines) throws IOException {
        List<String> places = new ArrayList<>();
        for (String line : lines) {
            JsonNode event = JSON.readTree(line);
            places.add(event.path("partition").asText() + ":"
                    + event.path("offset").asText());
        }
        return places;
    }

    static String trailer(int count) {
        return "{\"_end\":true,\"count\":" + count + "}";
    }

    /** Goes away. */
    @Override
    public void close() throws IOException {
        response.body().close();
    }
}

package dev.millrace.compose.bench;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Reads the query API's export to its last line, which says how many events there are.
 *
 * @param compressed whether to ask for gzip, and undo it
 */
record HttpReading(URI api, boolean compressed) implements WholeReading {
    private static final Pattern TRAILER = Pattern.compile("\\{\"_end\":true,\"count\":([0-9]+)\\}\\s*$");
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_TRAILER = 64;

    @Override
    public Result read() throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) api.resolve("/v1/events/export").toURL().openConnection();
        connection.setReadTimeout((int) BoundedConnection.LIMIT.toMillis());
        connection.setRequestProperty("Accept-Encoding", compressed ? "gzip" : "identity");
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException("the query API answered " + connection.getResponseCode() + " to an export");
        }
        try (Counting counted = new Counting(connection.getInputStream());
                InputStream body = compressed ? new GZIPInputStream(counted, BUFFER) : counted) {
            return new Result(count(end(body)), counted.bytes);
        }
    }

    /** What the answer ends with. */
    private static String end(InputStream body) throws IOException {
        byte[] buffer = new byte[BUFFER];
        byte[] end = new byte[0];
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            byte[] both = Arrays.copyOf(end, end.length + Math.min(read, LONGEST_TRAILER));
            System.arraycopy(buffer, read - (both.length - end.length), both, end.length, both.length - end.length);
            end = Arrays.copyOfRange(both, Math.max(0, both.length - LONGEST_TRAILER), both.length);
        }
        return new String(end, StandardCharsets.UTF_8);
    }

    private static long count(String end) throws IOException {
        Matcher trailer = TRAILER.matcher(end);
        if (!trailer.find()) {
            throw new IOException("the export was cut; it ends with " + end);
        }
        return Long.parseLong(trailer.group(1));
    }

    /** What comes over the line. */
    private static final class Counting extends FilterInputStream {
        private long bytes;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            bytes += next < 0 ? 0 : 1;
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            bytes += Math.max(0, count);
            return count;
        }
    }
}

package dev.millrace.query.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Compresses while it is written, with as little work as there is. A flush carries everything that was
 * written so far to the client.
 */
final class QuickGzip extends GZIPOutputStream {
    /** The first parameter of a coding that can only be its weight; 0 means that it is not wanted. */
    private static final Pattern NOT_WANTED = Pattern.compile("q=0(\\.0{0,3})?");

    QuickGzip(OutputStream output) throws IOException {
        super(output, 1 << 16, true);
        def.setLevel(Deflater.BEST_SPEED);
    }

    /** Frees what is held outside the heap, without an end that would make what was written look whole. */
    void discard() {
        def.end();
    }

    /** @param acceptEncoding the request's header; null when there is none */
    static boolean isWanted(@Nullable String acceptEncoding) {
        if (acceptEncoding == null) {
            return false;
        }
        for (String coding : acceptEncoding.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = coding.split(";", 2);
            if (parts[0].strip().equals("gzip")) {
                return parts.length == 1
                        || !NOT_WANTED.matcher(parts[1].replace(" ", "")).matches();
            }
        }
        return false;
    }
}

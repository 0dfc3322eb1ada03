package dev.millrace.query.http;

import dev.millrace.query.read.CompleteThrough;
import io.javalin.http.Context;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the answer to an export begins with, and all that HEAD is answered with.
 *
 * @param through the export's bound
 * @param compressed whether the body is
 */
record ExportHead(CompleteThrough through, boolean compressed) {
    static final String CONTENT_TYPE = "application/x-ndjson";

    /** Where the request can have what it accepts. */
    static ExportHead of(Context context, CompleteThrough through) {
        return new ExportHead(through, QuickGzip.isWanted(context.header("Accept-Encoding")));
    }

    /** Before anything was sent. */
    void applyTo(Context context) {
        context.contentType(CONTENT_TYPE)
                .header("Content-Disposition", "attachment; filename=\"events.ndjson\"")
                .header("X-Accel-Buffering", "no")
                .header("Vary", "Accept-Encoding");
        if (compressed) {
            context.header("Content-Encoding", "gzip");
        }
        String positions = positions();
        if (!positions.isEmpty()) {
            context.header("Millrace-Complete-Through", positions);
        }
    }

    /** As {@code wait_for} takes them: only partitions that hold something. */
    private String positions() {
        return IntStream.range(0, through.partitions())
                .filter(partition -> through.of(partition).offset() >= 0)
                .mapToObj(partition -> partition + ":" + through.of(partition).offset())
                .collect(Collectors.joining(","));
    }
}
